extension ContextProcessor {
  /// Steps 5.5 to 5.11: what a context says beside its terms.
  func apply(
    _ context: JSONObject, to mappings: inout ContextMappings, _ settings: Settings
  ) throws(JSONLDError) {
    for (name, value) in context.members {
      guard let keyword = Keyword(name) else { continue }
      do throws(JSONLDError) {
        switch keyword {
        case .version: try check(version: value)
        case .propagate: try check(propagate: value)
        case .protected:
          guard value.bool != nil else {
            throw JSONLDError(.invalidProtectedValue, "The value of @protected is true or false.")
          }
        case .language: mappings.language = try language(value)
        case .direction: mappings.direction = try direction(value)
        default: break
        }
      } catch { throw error.inside(name) }
    }
    // The vocabulary may be relative to the base.
    if let value = context["@base"], settings.remoteContexts.isEmpty {
      mappings.base = try base(value, in: mappings)
    }
    if let value = context["@vocab"] { mappings.vocabulary = try vocabulary(value, in: mappings) }
  }

  private func check(version: JSON) throws(JSONLDError) {
    guard case .number(let number) = version, number.double == 1.1 else {
      throw JSONLDError(.invalidVersionValue, "The version of JSON-LD is 1.1.")
    }
    guard mode != .jsonLD10 else {
      throw JSONLDError(.processingModeConflict, "The context is of 1.1, to be processed as 1.0.")
    }
  }

  private func check(propagate: JSON) throws(JSONLDError) {
    try requireVersion11("@propagate")
    guard propagate.bool != nil else {
      throw JSONLDError(.invalidPropagateValue, "The value of @propagate is true or false.")
    }
  }

  private func language(_ value: JSON) throws(JSONLDError) -> String? {
    switch value {
    case .null: return nil
    case .string(let tag): return tag
    default: throw JSONLDError(.invalidDefaultLanguage, "A language is a string or null.")
    }
  }

  private func direction(_ value: JSON) throws(JSONLDError) -> Direction? {
    try requireVersion11("@direction")
    if value.isNull { return nil }
    guard let direction = value.string.flatMap({ Direction(rawValue: $0) }) else {
      throw JSONLDError(.invalidBaseDirection, "A base direction is ltr, rtl or null.")
    }
    return direction
  }

  private func requireVersion11(_ entry: String) throws(JSONLDError) {
    guard mode != .jsonLD10 else {
      throw JSONLDError(.invalidContextEntry, "Contexts have \(entry) in JSON-LD 1.1 only.")
    }
  }

  private func base(
    _ value: JSON, in mappings: ContextMappings
  ) throws(JSONLDError) -> BaseIRI? {
    if value.isNull { return nil }
    if let text = value.string {
      if IRIReference.isAbsolute(text) { return BaseIRI(text) }
      if let base = mappings.base {
        let iri = base.resolve(text)
        try budget.take(iri: iri, of: text)
        return BaseIRI(iri)
      }
    }
    throw JSONLDError(.invalidBaseIRI, "A base is an IRI, or relative to another.", at: "/@base")
  }

  private func vocabulary(
    _ value: JSON, in mappings: ContextMappings
  ) throws(JSONLDError) -> String? {
    if value.isNull { return nil }
    if let text = value.string {
      let isFull = IRIReference.isAbsolute(text) || text.hasPrefix("_:")
      if isFull || mode != .jsonLD10 {
        let iri = mappings.expandIRI(text, isVocabulary: true, isDocumentRelative: true)
        if let iri { try budget.take(iri: iri, of: text) }
        return iri
      }
    }
    throw JSONLDError(.invalidVocabMapping, "A vocabulary is an IRI or null.", at: "/@vocab")
  }
}
