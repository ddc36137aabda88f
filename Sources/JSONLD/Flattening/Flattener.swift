/// Puts a node map down as a document in which no node is inside another.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.1, Flattening Algorithm.
struct Flattener {
  let options: ProcessingOptions

  /// Returns the flattened form of an expanded document.
  func flatten(_ expanded: [JSON]) throws(JSONLDError) -> JSON {
    var generator = NodeMapGenerator(options: options)
    try generator.add(expanded)
    var map = generator.finish()
    var contents: [Name: JSON] = [:]
    for graph in map.graphs.dropFirst() {
      guard let name = graph.name else { continue }
      contents[Name(name)] = .array(elements(of: graph))
    }
    for name in map.graphs.compactMap(\.name).dropFirst() { _ = map.place(of: name, in: 0) }
    return .array(elements(of: map.graphs[0], contents: contents))
  }

  /// The nodes of which something is said, and the graphs that they name.
  private func elements(of graph: NodeMap.Graph, contents: [Name: JSON] = [:]) -> [JSON] {
    var places = Array(graph.nodes.indices)
    if options.isOrdered {
      places.sort { Name(graph.nodes[$0].id ?? "") < Name(graph.nodes[$1].id ?? "") }
    }
    return places.compactMap { place in
      let node = graph.nodes[place]
      guard let id = node.id else { return nil }
      let content = contents.isEmpty ? nil : contents[Name(id)]
      if node.isEmpty, content == nil { return nil }
      var object = node.object
      object["@graph"] = content
      return .object(object)
    }
  }
}
