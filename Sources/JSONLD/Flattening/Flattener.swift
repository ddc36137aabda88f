/// Puts a node map down as a document in which no node is inside another.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.1, Flattening Algorithm.
struct Flattener {
  let options: ProcessingOptions
  let budget: MemoryBudget

  /// Returns the flattened form of an expanded document.
  func flatten(_ expanded: [JSON]) throws(JSONLDError) -> JSON {
    let bytesTaken = budget.bytesTaken
    var generator = NodeMapGenerator(options: options, budget: budget)
    try generator.add(expanded)
    var map = generator.finish()
    // Of the map the values stay, in the result.
    let mapByteCount = (budget.bytesTaken - bytesTaken) / 2
    defer { budget.giveBack(mapByteCount) }
    var contents: [Name: JSON] = [:]
    for graph in map.graphs.dropFirst() {
      guard let name = graph.name else { continue }
      contents[Name(name)] = .array(try elements(of: graph))
    }
    for name in map.graphs.compactMap(\.name).dropFirst() { _ = map.place(of: name, in: 0) }
    return .array(try elements(of: map.graphs[0], contents: contents))
  }

  /// The nodes of which something is said, and the graphs that they name.
  private func elements(
    of graph: NodeMap.Graph, contents: [Name: JSON] = [:]
  ) throws(JSONLDError) -> [JSON] {
    var places = Array(graph.nodes.indices)
    if options.isOrdered {
      places.sort { Name(graph.nodes[$0].id ?? "") < Name(graph.nodes[$1].id ?? "") }
    }
    var elements: [JSON] = []
    for place in places {
      let node = graph.nodes[place]
      guard let id = node.id else { continue }
      let content = contents.isEmpty ? nil : contents[Name(id)]
      if node.isEmpty, content == nil { continue }
      var object = node.object
      object["@graph"] = content
      try budget.take(MemoryBudget.object(object.count))
      elements.append(.object(object))
    }
    return elements
  }
}
