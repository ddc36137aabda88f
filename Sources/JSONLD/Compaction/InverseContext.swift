/// An active context the other way round: what stands for an IRI, rather than what it stands for.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.3, Inverse Context Creation.
final class InverseContext {
  let context: ActiveContext
  let options: ProcessingOptions

  /// The terms that stand for an IRI or keyword, by their containers.
  private var choices: [Name: [Container: Choice]] = [:]

  /// The terms that may be prefixes, with their IRIs; the shortest terms first.
  private(set) var prefixes: [(term: String, iri: String)] = []

  /// The terms of one IRI and one container, by the values that they are for.
  private struct Choice {
    var languages: [Name: String] = [:]
    var types: [Name: String] = [:]

    /// The term for values of any kind, such as empty lists.
    var any: String

    mutating func add(_ term: String, language: String) {
      if languages[Name(language)] == nil { languages[Name(language)] = term }
    }

    mutating func add(_ term: String, type: String) {
      if types[Name(type)] == nil { types[Name(type)] = term }
    }
  }

  /// About how many bytes a term takes.
  static let termByteCount = 500

  init(_ context: ActiveContext, options: ProcessingOptions) {
    self.context = context
    self.options = options
    let terms = context.mappings.terms.map { (term: $0.key.text, definition: $0.value) }
      .sorted { left, right in
        let (leftLength, rightLength) = (left.term.utf8.count, right.term.utf8.count)
        return leftLength == rightLength
          ? Name(left.term) < Name(right.term) : leftLength < rightLength
      }
    for (term, definition) in terms {
      guard let iri = definition.iri else { continue }
      if definition.isPrefix { prefixes.append((term, iri)) }
      add(term, definition, to: &choices[Name(iri), default: [:]])
    }
  }

  private func add(
    _ term: String, _ definition: TermDefinition, to choices: inout [Container: Choice]
  ) {
    var choice = choices[definition.container] ?? Choice(any: term)
    defer { choices[definition.container] = choice }
    if definition.isReverse {
      choice.add(term, type: "@reverse")
    } else if definition.type == TypeMapping.none {
      choice.add(term, type: "@any")
      choice.add(term, language: "@any")
    } else if let type = definition.type {
      choice.add(term, type: type.text)
    } else if let language = definition.languageKey {
      choice.add(term, language: language)
    } else {
      choice.add(term, language: context.defaultLanguageKey)
      choice.add(term, language: "@none")
      choice.add(term, type: "@none")
    }
  }

  /// Returns the term that fits best; nil where none does.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 6.4, Term Selection.
  func term(for iri: String, _ query: TermQuery) -> String? {
    guard let choices = choices[Name(iri)] else { return nil }
    for container in query.containers {
      guard let choice = choices[container] else { continue }
      for preferred in query.preferred {
        switch query.kind {
        case .language: if let term = choice.languages[Name(preferred)] { return term }
        case .type: if let term = choice.types[Name(preferred)] { return term }
        case .any: return choice.any
        }
      }
    }
    return nil
  }
}

extension TermDefinition {
  /// The key of strings of its language and direction; nil where it says nothing of them.
  fileprivate var languageKey: String? {
    switch (language, direction) {
    case (.unset, .unset): nil
    case (.value(let language), .value(let direction)):
      TermQuery.languageKey(language, direction.rawValue)
    case (.value(let language), _): TermQuery.languageKey(language, nil)
    case (_, .value(let direction)): TermQuery.languageKey(nil, direction.rawValue)
    case (.unset, .null): "@none"
    case (.null, _): "@null"
    }
  }
}

extension ActiveContext {
  /// The key of strings of the default language and direction.
  var defaultLanguageKey: String {
    language == nil && direction == nil
      ? "@none" : TermQuery.languageKey(language, direction?.rawValue)
  }
}
