extension Expander {
  /// A node, value, list or set object while its members are expanded.
  struct Node {
    var result = JSONObject()

    /// The property that the object is a value of.
    let property: Property

    /// The context in which values of `@type` are expanded.
    let typeScoped: ActiveContext

    /// Whether the object is a JSON literal.
    let isJSON: Bool
  }

  /// Steps 6 to 20.
  func expand(
    _ object: JSONObject, of property: Property, in outer: ActiveContext, isFromMap: Bool
  ) throws(JSONLDError) -> JSON? {
    var active = outer
    if !isFromMap, let previous = outer.previous, !keepsContext(object, in: outer) {
      active = previous
    }
    active = try scopedContext(of: property, in: active)
    if let local = object["@context"] {
      var settings = ContextProcessor.Settings()
      settings.baseURL = baseURL
      do throws(JSONLDError) {
        active = try contexts.process(local, in: active, settings)
      } catch { throw error.inside("@context") }
    }
    let typeScoped = active
    let types = typeMembers(of: object, in: active)
    for type in types {
      active = try applyTypes(type.value, in: active, typeScoped)
    }
    var node = Node(
      property: property, typeScoped: typeScoped, isJSON: isJSON(types.first?.value, in: active))
    node.result.reserveCapacity(object.count)
    try expandMembers(of: object, into: &node, in: active)
    guard try finish(&node.result, of: property) else { return nil }
    if let set = node.result["@set"] { return set }
    return try counted(node.result)
  }

  /// Step 7: whether a context that is not propagated holds for an object nevertheless.
  private func keepsContext(_ object: JSONObject, in active: ActiveContext) -> Bool {
    for (name, _) in object.members {
      let keyword = keyword(name, in: active)
      if keyword == .value || keyword == .id && object.count == 1 { return true }
    }
    return false
  }

  /// The keyword that a name stands for.
  func keyword(_ name: String, in active: ActiveContext) -> Keyword? {
    if let keyword = Keyword(name) { return keyword }
    return active.mappings.terms.hasAliases ? active.definition(of: name)?.keyword : nil
  }

  /// The members that are `@type`, in the order of their names.
  private func typeMembers(of object: JSONObject, in active: ActiveContext) -> [JSONObject.Member] {
    var types: [JSONObject.Member] = []
    for member in object.members where keyword(member.name, in: active) == .type {
      types.append(member)
    }
    if types.count > 1 { types.sort { Name($0.name) < Name($1.name) } }
    return types
  }

  /// Step 11: the active context with the scoped contexts of types.
  private func applyTypes(
    _ value: JSON, in active: ActiveContext, _ typeScoped: ActiveContext
  ) throws(JSONLDError) -> ActiveContext {
    guard typeScoped.mappings.terms.hasScopedContexts else { return active }
    var result = active
    var types: [TermDefinition] = []
    switch value {
    case .string(let type): types = scopedDefinition(type, in: typeScoped).map { [$0] } ?? []
    case .array(let elements):
      let names = elements.compactMap(\.string)
      guard names.contains(where: { scopedDefinition($0, in: typeScoped) != nil }) else { break }
      types = names.sorted { Name($0) < Name($1) }
        .compactMap { scopedDefinition($0, in: typeScoped) }
    default: break
    }
    for type in types {
      result = try contexts.scoped(
        result, by: type, propagates: false, overridesProtected: false)
    }
    return result
  }

  private func scopedDefinition(_ term: String, in active: ActiveContext) -> TermDefinition? {
    guard let definition = active.definition(of: term), definition.context != nil else {
      return nil
    }
    return definition
  }

  /// Step 12: whether the last of the types makes a JSON literal.
  private func isJSON(_ types: JSON?, in active: ActiveContext) -> Bool {
    guard case .string(let type)? = types?.asArray.last else { return false }
    return keyword(type, in: active) == .json
  }

  /// Steps 15 to 19 but for sets; false for what is nothing.
  private func finish(
    _ result: inout JSONObject, of property: Property
  ) throws(JSONLDError) -> Bool {
    var (hasValue, hasType, hasSet, hasList) = (false, false, false, false)
    for (name, _) in result.members where name.utf8.first == UInt8(ascii: "@") {
      switch name {
      case "@value": hasValue = true
      case "@type": hasType = true
      case "@set": hasSet = true
      case "@list": hasList = true
      default: break
      }
    }
    if hasValue {
      guard try isValue(result) else { return false }
    } else if hasType {
      result["@type", default: .null].makeArray()
    } else if hasSet || hasList {
      guard result.count == 1 || result.count == 2 && result.contains("@index") else {
        throw JSONLDError(
          .invalidSetOrListObject, "A list or set has no other members than @index.")
      }
      if hasSet { return true }
    }
    if result.count == 1, result.members[0].name == "@language" { return false }
    if property.isTop {
      let isBare = result.count == 1 && result.members[0].name == "@id"
      return !(hasValue || hasList || result.isEmpty || isBare)
    }
    return true
  }

  /// Step 15: whether a value object has a value.
  private func isValue(_ result: JSONObject) throws(JSONLDError) -> Bool {
    let type = result["@type"]
    var isWellFormed = true
    for (name, _) in result.members {
      switch name {
      case "@value", "@index", "@type": break
      case "@language", "@direction": if type != nil { isWellFormed = false }
      default: isWellFormed = false
      }
    }
    guard isWellFormed else {
      throw JSONLDError(.invalidValueObject, "A value has a type, or a language and direction.")
    }
    if type == "@json" { return true }
    switch result["@value"] {
    case nil, .null?: return false
    case .array(let elements)? where elements.isEmpty: return false
    case .string?: break
    default:
      guard !result.contains("@language") else {
        throw JSONLDError(.invalidLanguageTaggedValue, "Only strings have a language.")
      }
    }
    guard let type else { return true }
    if case .string(let iri) = type { try budget.say(iri) }
    guard case .string(let iri) = type, IRIReference.isWellFormed(iri) else {
      throw JSONLDError(.invalidTypedValue, "The type of a value is an IRI.")
    }
    return true
  }
}
