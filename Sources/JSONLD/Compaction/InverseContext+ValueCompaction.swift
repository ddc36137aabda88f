extension InverseContext {
  /// Returns a value object in the shortest form in which a property can have it.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 6.3, Value Compaction.
  func compact(value: JSONObject, of property: String?) throws(JSONLDError) -> JSON {
    let definition = property.flatMap { context.definition(of: $0) }
    let keepsIndex = keepsIndex(value, definition)
    let content = value["@value"] ?? .null
    if !keepsIndex, isImplied(value, content, by: definition) { return content }
    var result = JSONObject()
    result.reserveCapacity(value.count)
    for (name, member) in value.members {
      switch (name, member) {
      case ("@index", _) where !keepsIndex: break
      case ("@type", .string(let type)): result[try compact(name)] = .string(try compact(type))
      default: result[try compact(name)] = member
      }
    }
    return .object(result)
  }

  /// Returns the text that is enough to refer to a node; nil where a property needs an object.
  func compact(reference: JSONObject, of property: String?) throws(JSONLDError) -> String? {
    guard reference.count <= 2, case .string(let id)? = reference["@id"],
      let definition = property.flatMap({ context.definition(of: $0) })
    else { return nil }
    let hasIndex = reference.contains("@index")
    guard reference.count == (hasIndex ? 2 : 1), !keepsIndex(reference, definition) else {
      return nil
    }
    switch definition.type {
    case .id?: return try compact(id: id)
    case .vocab?: return try compact(id)
    default: return nil
    }
  }

  /// Whether there is an index that is not the key of the value in a map.
  private func keepsIndex(_ value: JSONObject, _ definition: TermDefinition?) -> Bool {
    value.contains("@index") && definition?.container.contains(.index) != true
  }

  /// Whether the context says all of a value but its content.
  private func isImplied(
    _ value: JSONObject, _ content: JSON, by definition: TermDefinition?
  ) -> Bool {
    if let type = value["@type"]?.string {
      return definition?.type.map { Name($0.text) == Name(type) } ?? false
    }
    if definition?.type == TypeMapping.none { return false }
    guard case .string = content else { return true }
    return value["@language"]?.string?.lowercased() == language(of: definition)?.lowercased()
      && value["@direction"]?.string == direction(of: definition)
  }

  private func language(of definition: TermDefinition?) -> String? {
    switch definition?.language {
    case .value(let language)?: language
    case .null?: nil
    case .unset?, nil: context.language
    }
  }

  private func direction(of definition: TermDefinition?) -> String? {
    switch definition?.direction {
    case .value(let direction)?: direction.rawValue
    case .null?: nil
    case .unset?, nil: context.direction?.rawValue
    }
  }
}
