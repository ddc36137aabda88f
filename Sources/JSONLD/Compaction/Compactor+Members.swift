extension Compactor {
  /// Compacts the members of a node, or of the reverse properties of one.
  mutating func compact(
    _ object: JSONObject, to node: inout CompactedNode
  ) throws(JSONLDError) {
    var members = object.members
    if options.isOrdered { members.sort { Name($0.name) < Name($1.name) } }
    for (name, value) in members {
      switch name {
      case "@id":
        guard case .string(let id) = value else { continue }
        node.set(try node.context.compact(name), .string(try node.context.compact(id: id)))
      case "@type": try compact(types: value, to: &node)
      case "@reverse": try compact(reverse: value, to: &node)
      case "@index":
        if node.context.container(of: node.property).contains(.index) { continue }
        node.set(try node.context.compact(name), value)
      case "@direction", "@language", "@value": node.set(try node.context.compact(name), value)
      default:
        if case .array(let values) = value, values.isEmpty {
          var place = try place(
            of: name, value: value, in: node.context, isReverse: node.property == "@reverse")
          place.isArray = true
          node.add(value, at: place)
        }
        let elements = value.asArray
        // They are added one by one, to an array that is copied to one of twice the room.
        try processor.budget.take(MemoryBudget.array(3 * elements.count))
        let hasSimpleGraph =
          elements.count > 1 && elements.contains { $0.object?.isSimpleGraph == true }
        for element in elements {
          try compact(element, of: name, besidesSimpleGraph: hasSimpleGraph, to: &node)
        }
        processor.budget.giveBack(MemoryBudget.elements(elements.count))
      }
    }
  }

  private func compact(types: JSON, to node: inout CompactedNode) throws(JSONLDError) {
    let name = try node.context.compact("@type")
    var terms: [JSON] = []
    for case .string(let type) in types.asArray {
      let term = try node.outer.compact(type)
      try processor.budget.take(text: term)
      terms.append(.string(term))
    }
    let isSet = options.mode == .jsonLD11 && node.context.container(of: name).contains(.set)
    let isArray = isSet || !options.compactsArrays || terms.count != 1
    node.set(name, isArray ? .array(terms) : terms[0])
  }

  private mutating func compact(
    reverse: JSON, to node: inout CompactedNode
  ) throws(JSONLDError) {
    guard case .object(let object) = reverse else { return }
    var inner = CompactedNode(property: "@reverse", outer: node.context, context: node.context)
    try compact(object, to: &inner)
    var rest = JSONObject()
    for (name, value) in inner.object.members {
      // What is reverse twice is not; a term for it says so where it stands.
      if let definition = node.context.context.definition(of: name), definition.isReverse {
        let isArray = definition.container.contains(.set) || !options.compactsArrays
        node.add(value, at: CompactedNode.Place(property: name, isArray: isArray))
      } else {
        rest[name] = value
      }
    }
    if !rest.isEmpty { node.set(try node.context.compact("@reverse"), .object(rest)) }
  }

  /// Returns where a value of a property goes, for now without a key.
  func place(
    of name: String, value: JSON, in context: InverseContext, isReverse: Bool
  ) throws(JSONLDError) -> CompactedNode.Place {
    let property = try context.compact(property: name, value: value, isReverse: isReverse)
    let definition = context.context.definition(of: property)
    var place = CompactedNode.Place(property: property)
    place.isArray =
      !options.compactsArrays || property == "@graph" || property == "@list"
      || definition?.container.contains(.set) == true
    if let nest = definition?.nest {
      guard nest == "@nest" || context.context.definition(of: nest)?.keyword == .nest else {
        throw JSONLDError(.invalidNestValue, "\(nest) is no alias of @nest.")
      }
      place.nest = nest
    }
    return place
  }
}
