extension Expander {
  /// Steps 13 and 14: expands the members of an object, and of those in which some are nested.
  func expandMembers(
    of object: JSONObject, into node: inout Node, in active: ActiveContext
  ) throws(JSONLDError) {
    var nests: [JSONObject.Member] = []
    for (name, value) in ordered(object) {
      do throws(JSONLDError) {
        let definition = active.definition(of: name)
        let keyword = Keyword(name) ?? definition?.keyword
        switch keyword {
        case .context? where name == "@context": continue
        case .nest?:
          try checkKeyword(.nest, in: node)
          nests.append((name, value))
        case let keyword?: try expand(keyword, value, into: &node, in: active)
        case nil:
          guard let iri = try iri(name, definition, in: active) else { continue }
          let property = Property(name: name, definition: definition)
          try expand(property, iri, value, into: &node, in: active)
        }
      } catch { throw error.inside(name) }
    }
    for (name, value) in nests {
      do throws(JSONLDError) {
        try expandNest(name, value, into: &node, in: active)
      } catch { throw error.inside(name) }
    }
  }

  /// The IRI of a property; nil where it is none, so that its values are dropped.
  private func iri(
    _ name: String, _ definition: TermDefinition?, in active: ActiveContext
  ) throws(JSONLDError) -> String? {
    let iri =
      if let definition { definition.iri } else { try memo.iri(of: name, in: active, budget) }
    guard let iri, iri.utf8.contains(UInt8(ascii: ":")) else { return nil }
    try budget.say(iri)
    return iri
  }

  /// Step 14.2.
  private func expandNest(
    _ name: String, _ value: JSON, into node: inout Node, in active: ActiveContext
  ) throws(JSONLDError) {
    try contexts.descend()
    defer { contexts.ascend() }
    let property = Property(name: name, definition: active.definition(of: name))
    let scoped = try scopedContext(of: property, in: active)
    for nested in value.asArray {
      guard case .object(let object) = nested,
        !object.members.contains(where: { keyword($0.name, in: active) == .value })
      else { throw JSONLDError(.invalidNestValue, "What is nested are members of the node.") }
      try expandMembers(of: object, into: &node, in: scoped)
    }
  }

  /// Steps 13.5 to 13.14.
  private func expand(
    _ property: Property, _ iri: String, _ value: JSON, into node: inout Node,
    in active: ActiveContext
  ) throws(JSONLDError) {
    let definition = property.definition
    let container = definition?.container ?? []
    guard var expanded = try expand(value, of: property, container, in: active) else { return }
    if container.contains(.list), !expanded.isListObject {
      expanded = try counted(JSONObject("@list", .array(expanded.asArray)))
    }
    if container.contains(.graph), container.isDisjoint(with: [.id, .index]) {
      expanded = try graphs(of: expanded.asArray)
    }
    if definition?.isReverse == true {
      try addReverse(iri, expanded, to: &node)
    } else {
      if node.property.name == "@reverse" { try checkReverse(expanded) }
      if case .object = expanded { try budget.take(MemoryBudget.array(1)) }
      node.result[iri, default: .array([])].append(elementsOf: expanded)
    }
  }

  /// Step 13.11: graph objects, each of one node.
  private func graphs(of nodes: [JSON]) throws(JSONLDError) -> JSON {
    try budget.take(MemoryBudget.array(nodes.count))
    var graphs: [JSON] = []
    graphs.reserveCapacity(nodes.count)
    var smallGraphs = SmallValues()
    for node in nodes {
      let graph = JSON.graph(node)
      if node.isSmall(), let known = smallGraphs.known(graph, of: node) {
        graphs.append(known)
      } else {
        try budget.take(MemoryBudget.object(1) + MemoryBudget.array(1))
        graphs.append(graph)
      }
    }
    return .array(graphs)
  }

  /// Steps 13.6 to 13.9.
  private func expand(
    _ value: JSON, of property: Property, _ container: Container, in active: ActiveContext
  ) throws(JSONLDError) -> JSON? {
    if property.definition?.type == .json {
      return .object(JSONObject([("@value", value), ("@type", "@json")]))
    }
    if case .object(let map) = value, !container.isDisjoint(with: [.language, .index, .type, .id]) {
      if container.contains(.language) {
        return try expand(languages: map, of: property, in: active)
      }
      return try expand(map: map, of: property, container, in: active)
    }
    return try expand(value, of: property, in: active)
  }

  /// Step 13.13: adds values to a reverse property of a node.
  func addReverse(_ iri: String, _ values: JSON, to node: inout Node) throws(JSONLDError) {
    try checkReverse(values)
    node.result["@reverse", default: .object(JSONObject())].changeObject {
      $0[iri, default: .array([])].append(elementsOf: .array(values.asArray))
    }
  }

  private func checkReverse(_ values: JSON) throws(JSONLDError) {
    for item in values.asArray where item.isListObject || item["@value"] != nil {
      throw JSONLDError(
        .invalidReversePropertyValue, "The values of a reverse property are nodes.")
    }
  }
}

extension JSON {
  var isListObject: Bool { self["@list"] != nil }

  /// Whether this is a graph object, which has no members but these.
  var isGraphObject: Bool {
    guard case .object(let object) = self, object.contains("@graph") else { return false }
    return object.names.allSatisfy {
      $0 == "@graph" || $0 == "@id" || $0 == "@index" || $0 == "@context"
    }
  }

  /// A graph object of some nodes.
  static func graph(_ nodes: JSON) -> JSON { .object(JSONObject("@graph", .array(nodes.asArray))) }
}
