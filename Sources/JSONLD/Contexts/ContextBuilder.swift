/// Defines the terms of one context.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.2, Create Term Definition.
struct ContextBuilder {
  /// What has been defined so far.
  var mappings: ContextMappings
  let local: JSONObject
  let processor: ContextProcessor
  let settings: ContextProcessor.Settings
  let isProtected: Bool

  /// The terms that are being defined (false) or have been (true).
  private var defined: [Name: Bool] = [:]

  /// Whether an error that is being thrown has its place.
  private(set) var isPlaced = false

  init(
    _ local: JSONObject, _ mappings: ContextMappings, by processor: ContextProcessor,
    _ settings: ContextProcessor.Settings
  ) {
    self.local = local
    self.mappings = mappings
    self.processor = processor
    self.settings = settings
    isProtected = local["@protected"]?.bool ?? false
  }

  var mode: ProcessingOptions.Mode { processor.mode }

  /// Step 5.13 of context processing: defines all terms.
  mutating func defineTerms() throws(JSONLDError) {
    for (name, value) in local.members {
      switch Keyword(name) {
      case .base, .direction, .import, .language, .propagate, .protected, .version, .vocab: continue
      default: try define(name, value)
      }
    }
  }

  /// Defines a term of the context unless it is defined already.
  mutating func define(_ term: String) throws(JSONLDError) {
    if let value = local[term] { try define(term, value) }
  }

  private mutating func define(_ term: String, _ value: JSON) throws(JSONLDError) {
    let name = Name(term)
    if defined[name] == true { return }
    do throws(JSONLDError) {
      guard defined[name] == nil else {
        throw JSONLDError(.cyclicIRIMapping, "The term is defined by itself.")
      }
      defined[name] = false
      try processor.descend()
      defer { processor.ascend() }
      let definition = try makeDefinition(of: term, value)
      try count(definition, of: value, term)
      mappings.terms[name] = definition
      defined[name] = true
    } catch {
      // The place is that of the term that is wrong, not of those that are defined by it.
      defer { isPlaced = true }
      throw isPlaced ? error : error.inside(term)
    }
  }

  /// Takes the memory of a definition, and of the IRI that it puts together.
  private func count(
    _ definition: TermDefinition?, of value: JSON, _ term: String
  ) throws(JSONLDError) {
    guard let definition else { return }
    try processor.budget.take(TermDefinition.byteCount)
    guard let iri = definition.iri else { return }
    let text = value.string ?? value["@id"]?.string ?? value["@reverse"]?.string
    try processor.budget.take(iri: iri, of: text ?? term)
  }

  /// Notes that a term is as good as defined, so that its own IRI can be expanded.
  mutating func settle(_ term: String) { defined[Name(term)] = true }
}
