extension Expander {
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.3, Value Expansion.
  func expand(value: JSON, by definition: TermDefinition?, in active: ActiveContext)
    throws(JSONLDError) -> JSON
  {
    if case .string(let text) = value {
      switch definition?.type {
      case .id?:
        return try identified(
          active.mappings.expandIRI(text, isVocabulary: false, isDocumentRelative: true), by: text)
      case .vocab?:
        return try identified(
          active.mappings.expandIRI(text, isVocabulary: true, isDocumentRelative: true), by: text)
      default: break
      }
    }
    var result = JSONObject("@value", value)
    switch definition?.type {
    case .iri(let type)?:
      try budget.say(type)
      result.append("@type", .string(type))
    case .json?: result.append("@type", "@json")
    case .id?, .vocab?, TypeMapping.none?: break
    case nil:
      guard case .string = value else { break }
      let language = language(of: definition, in: active)
      let direction = direction(of: definition, in: active)
      result.reserveCapacity(1 + (language == nil ? 0 : 1) + (direction == nil ? 0 : 1))
      if let language {
        try budget.say(language)
        result.append("@language", .string(language))
      }
      if let direction { result.append("@direction", .string(direction.rawValue)) }
    }
    return try counted(result)
  }

  private func identified(_ iri: String?, by text: String) throws(JSONLDError) -> JSON {
    let id: JSON = try counted(iri, of: text).map { .string($0) } ?? .null
    return try counted(JSONObject("@id", id))
  }

  /// The language of the strings of a term.
  private func language(of definition: TermDefinition?, in active: ActiveContext) -> String? {
    switch definition?.language {
    case .value(let tag)?: tag
    case .null?: nil
    case .unset?, nil: active.language
    }
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
