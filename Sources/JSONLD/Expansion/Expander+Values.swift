extension Expander {
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.3, Value Expansion.
  func expand(value: JSON, by definition: TermDefinition?, in active: ActiveContext)
    throws(JSONLDError) -> JSON
  {
    if case .string(let text) = value {
      switch definition?.type {
      case .id?:
        return try identified(
          active.mappings.expandIRI(text, isVocabulary: false, isDocumentRelative: true))
      case .vocab?:
        return try identified(
          active.mappings.expandIRI(text, isVocabulary: true, isDocumentRelative: true))
      default: break
      }
    }
    var result = JSONObject("@value", value)
    switch definition?.type {
    case .iri(let type)?: result.append("@type", .string(type))
    case .json?: result.append("@type", "@json")
    case .id?, .vocab?, TypeMapping.none?: break
    case nil:
      guard case .string = value else { break }
      let language: String? =
        switch definition?.language {
        case .value(let tag)?: tag
        case .null?: nil
        case .unset?, nil: active.language
        }
      if let language { result.append("@language", .string(language)) }
      if let direction = direction(of: definition, in: active) {
        result.append("@direction", .string(direction.rawValue))
      }
    }
    return .object(result)
  }

  private func identified(_ iri: String?) throws(JSONLDError) -> JSON {
    .object(JSONObject("@id", try counted(iri).map { .string($0) } ?? .null))
  }

  /// The direction of the strings of a term.
  func direction(of definition: TermDefinition?, in active: ActiveContext) -> Direction? {
    switch definition?.direction {
    case .value(let direction)?: direction
    case .null?: nil
    case .unset?, nil: active.direction
    }
  }
}
