/// Puts a node map down as a document in which no node is inside another.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.1, Flattening Algorithm.
struct Flattener {
  let options: ProcessingOptions

  /// Returns the flattened form of an expanded document.
  func flatten(_ expanded: [JSON]) throws(JSONLDError) -> JSON {
    var generator = NodeMapGenerator(options: options)
    try generator.add(expanded)
    var map = generator.map
    var graphs = map.graphs.dropFirst().filter { $0.name != nil }
    if options.isOrdered { graphs.sort { Name(($0.name ?? "")) < Name($1.name ?? "") } }
    var contents: [Name: JSON] = [:]
    for graph in graphs {
      guard let name = graph.name else { continue }
      _ = map.place(of: name, in: 0)
      contents[Name(name)] = .array(objects(of: graph).map { .object($0) })
    }
    return .array(
      objects(of: map.graphs[0], contents: contents).map { .object($0) })
  }

  /// The nodes of which something is said, and the graphs that they name.
  private func objects(of graph: NodeMap.Graph, contents: [Name: JSON] = [:]) -> [JSONObject] {
    var nodes = graph.nodes.filter { $0.id != nil }
    if options.isOrdered { nodes.sort { Name(($0.id ?? "")) < Name($1.id ?? "") } }
    return nodes.compactMap { node in
      let content = node.id.flatMap { contents[Name($0)] }
      if node.isEmpty, content == nil { return nil }
      var object = node.object
      object["@graph"] = content
      return object
    }
  }
}
