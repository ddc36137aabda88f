extension RDFSerializer {
  /// Returns the expanded document of all statements that were added.
  consuming func document() throws(JSONLDError) -> JSON {
    if options.rdfDirection == .compoundLiteral { try foldCompoundLiterals() }
    try foldLists()
    return .array(elements(of: graphs[0]))
  }

  /// The nodes of which something is said, and the graphs that they name.
  private func elements(of graph: SerializedGraph) -> [JSON] {
    var nodes = graph.nodes.filter { !$0.isAbsorbed }
    if options.isOrdered { nodes.sort { Name($0.id) < Name($1.id) } }
    return nodes.compactMap { node in
      guard !node.types.isEmpty || !node.properties.isEmpty || node.graph != nil else { return nil }
      var object = JSONObject()
      object["@id"] = .string(node.id)
      if !node.types.isEmpty { object["@type"] = .array(node.types.map { .string($0) }) }
      // Only nodes of the default graph name graphs, so that this is one level and no more.
      if let place = node.graph { object["@graph"] = .array(elements(of: graphs[place])) }
      for (name, values) in node.properties.entries { object[name] = .array(values.map(\.json)) }
      return .object(object)
    }
  }
}

extension SerializedValue {
  /// The value in an expanded document; lists in lists are no deeper than was checked.
  fileprivate var json: JSON {
    switch content {
    case .value(let value): value
    case .reference(let id): ["@id": .string(id)]
    case .list(let values): ["@list": .array(values.map(\.json))]
    }
  }
}
