extension Expander {
  /// Steps 13.4.1 and 13.4.2: whether a keyword may be there.
  func checkKeyword(_ keyword: Keyword, in node: Node) throws(JSONLDError) {
    guard node.property.name != "@reverse" else {
      throw JSONLDError(.invalidReversePropertyMap, "\(keyword.rawValue) is no reverse property.")
    }
    let mayRepeat = mode != .jsonLD10 && (keyword == .type || keyword == .included)
    guard mayRepeat || !node.result.contains(keyword.rawValue) else {
      throw JSONLDError(.collidingKeywords, "A second \(keyword.rawValue) in one object.")
    }
  }

  /// Step 13.4.
  func expand(
    _ keyword: Keyword, _ value: JSON, into node: inout Node, in active: ActiveContext
  ) throws(JSONLDError) {
    try checkKeyword(keyword, in: node)
    switch keyword {
    case .id: node.result.append("@id", try expand(id: value, in: active))
    case .type: try expand(type: value, into: &node)
    case .graph:
      let nodes = try expand(value, of: .keyword(.graph), in: active)
      node.result.append("@graph", .array(nodes?.asArray ?? []))
    case .included: try expand(included: value, into: &node, in: active)
    case .value:
      guard node.isJSON ? mode != .jsonLD10 : value.isScalar || value.isNull else {
        throw JSONLDError(.invalidValueObjectValue, "A value is neither an array nor an object.")
      }
      node.result.append("@value", value)
    case .language, .direction, .index: try expand(annotation: keyword, value, into: &node)
    case .list:
      if node.property.isTop { return }
      let items = try expand(value, of: node.property, in: active)
      node.result.append("@list", .array(items?.asArray ?? []))
    case .set:
      if let set = try expand(value, of: node.property, in: active) {
        node.result.append("@set", set)
      }
    case .reverse: try expand(reverse: value, into: &node, in: active)
    default: break
    }
  }

  func expand(id value: JSON, in active: ActiveContext) throws(JSONLDError) -> JSON {
    guard case .string(let text) = value else {
      throw JSONLDError(.invalidIdValue, "The value of @id is an IRI.")
    }
    let iri = try counted(
      active.mappings.expandIRI(text, isVocabulary: false, isDocumentRelative: true), of: text)
    return iri.map { .string($0) } ?? .null
  }

  private func expand(type value: JSON, into node: inout Node) throws(JSONLDError) {
    let elements = value.asArray
    try budget.take(MemoryBudget.array(elements.count))
    var types: [JSON] = []
    types.reserveCapacity(elements.count)
    for type in elements {
      guard case .string(let text) = type else {
        throw JSONLDError(.invalidTypeValue, "The value of @type is an IRI or an array of them.")
      }
      types.append(try iri(ofType: text, in: node.typeScoped).map { .string($0) } ?? .null)
    }
    var expanded: JSON = .array(types)
    if case .string = value, let type = types.first { expanded = type }
    if node.result.contains("@type") {
      node.result["@type", default: .null].append(elementsOf: expanded)
    } else {
      node.result.append("@type", expanded)
    }
  }

  private func iri(
    ofType text: String, in active: ActiveContext
  ) throws(JSONLDError) -> String? {
    // Without a vocabulary it may be relative to the base, which is no matter of the memo.
    guard active.vocabulary != nil || IRIReference.isAbsolute(text) else {
      return try counted(
        active.mappings.expandIRI(text, isVocabulary: true, isDocumentRelative: true), of: text)
    }
    let iri = try memo.iri(of: text, in: active, budget)
    if let iri { try budget.say(iri) }
    return iri
  }

  private func expand(
    included value: JSON, into node: inout Node, in active: ActiveContext
  ) throws(JSONLDError) {
    if mode == .jsonLD10 { return }
    let nodes = try expand(value, of: .none, in: active)?.asArray
    guard let nodes, nodes.allSatisfy(\.isNodeObject) else {
      throw JSONLDError(.invalidIncludedValue, "What is included are nodes.")
    }
    node.result["@included", default: .array([])].append(elementsOf: .array(nodes))
  }

  /// Steps 13.4.8 to 13.4.10.
  private func expand(
    annotation keyword: Keyword, _ value: JSON, into node: inout Node
  ) throws(JSONLDError) {
    if keyword == .direction, mode == .jsonLD10 { return }
    guard case .string(let text) = value else {
      switch keyword {
      case .language:
        throw JSONLDError(.invalidLanguageTaggedString, "The value of @language is a string.")
      case .direction:
        throw JSONLDError(.invalidBaseDirection, "A base direction is ltr or rtl.")
      default: throw JSONLDError(.invalidIndexValue, "The value of @index is a string.")
      }
    }
    guard keyword != .direction || Direction(rawValue: text) != nil else {
      throw JSONLDError(.invalidBaseDirection, "A base direction is ltr or rtl.")
    }
    node.result.append(keyword.rawValue, value)
  }

  /// Step 13.4.13.
  private func expand(
    reverse value: JSON, into node: inout Node, in active: ActiveContext
  ) throws(JSONLDError) {
    guard case .object = value else {
      throw JSONLDError(.invalidReverseValue, "The value of @reverse is an object.")
    }
    guard case .object(let map)? = try expand(value, of: .keyword(.reverse), in: active) else {
      return
    }
    for (name, values) in map.members {
      if name != "@reverse" {
        try addReverse(name, values, to: &node)
      } else if case .object(let forward) = values {
        for (name, values) in forward.members {
          node.result[name, default: .array([])].append(elementsOf: values)
        }
      }
    }
  }
}

extension JSON {
  /// Whether this is an object that is none of a value, list and set.
  var isNodeObject: Bool {
    guard case .object(let object) = self else { return false }
    return !object.contains("@value") && !object.contains("@list") && !object.contains("@set")
  }
}
