/// What a context says, changed while it is processed.
struct ContextMappings: Sendable {
  /// The base IRI of the document, which a context `null` restores.
  var originalBase: BaseIRI?
  var base: BaseIRI?
  var vocabulary: String?
  var language: String?
  var direction: Direction?
  var terms = TermTable()

  init(base: BaseIRI?) {
    self.base = base
    originalBase = base
  }
}

extension ContextMappings {
  /// Returns the IRI, blank node or keyword that a text stands for; what is none of these as it
  /// is, and nil for what stands for nothing.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.2, IRI Expansion, without the
  /// steps for a context that is being processed.
  func expandIRI(_ text: String, isVocabulary: Bool, isDocumentRelative: Bool = false) -> String? {
    if text.utf8.first == UInt8(ascii: "@") {
      if Keyword(text) != nil { return text }
      if Keyword.isForm(text) { return nil }
    }
    if isVocabulary || terms.hasAliases, let definition = terms[Name(text)],
      isVocabulary || definition.keyword != nil
    {
      return definition.iri
    }
    if Self.colon(in: text) != nil {
      guard let (prefix, suffix) = Self.prefixAndSuffix(of: text) else { return text }
      if let definition = terms[Name(prefix)], definition.isPrefix, var iri = definition.iri {
        iri.append(contentsOf: suffix)
        return iri
      }
      if IRIReference.isAbsolute(text) { return text }
    }
    if isVocabulary, let vocabulary { return vocabulary + text }
    if isDocumentRelative, let base { return base.resolve(text) }
    return text
  }

  /// The first colon of a text, unless that is its first character.
  static func colon(in text: String) -> String.Index? {
    let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
    return colon == text.startIndex ? nil : colon
  }

  /// What is before and after the first colon of what may be a compact IRI; nil for all others.
  static func prefixAndSuffix(of text: String) -> (prefix: String, suffix: Substring)? {
    guard let colon = colon(in: text) else { return nil }
    let suffix = text[text.utf8.index(after: colon)...]
    guard !suffix.utf8.starts(with: "//".utf8), !text.utf8[..<colon].elementsEqual("_".utf8) else {
      return nil
    }
    return (String(text[..<colon]), suffix)
  }
}
