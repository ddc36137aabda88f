/// All nodes of a document, each once in each graph, with all that the document says of them.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.2, Node Map Generation.
struct NodeMap {
  /// The graphs in the order in which they were met, the default graph first.
  private(set) var graphs = [Graph(name: "@default")]

  private var places: [Name: Int] = [Name("@default"): 0]

  /// The nodes of one graph.
  struct Graph {
    /// The IRI or blank node identifier, or `@default`; nil for a graph that cannot be written.
    let name: String?

    fileprivate(set) var nodes: [Node] = []
    private var places: [Name: Int] = [:]

    init(name: String?) { self.name = name }

    /// Returns where the node of that identifier is, a new one where there is none.
    ///
    /// A node whose identifier is nil has none that could be written; each is another.
    fileprivate mutating func place(of id: String?) -> Int {
      if let id, let place = places[Name(id)] { return place }
      if let id { places[Name(id)] = nodes.count }
      nodes.append(Node(id: id))
      return nodes.count - 1
    }
  }

  /// Where a node is.
  struct Place {
    let graph: Int
    let node: Int
  }

  /// Returns where the graph of that name is, a new one where there is none.
  mutating func graph(_ name: String?) -> Int {
    if let name, let place = places[Name(name)] { return place }
    if let name { places[Name(name)] = graphs.count }
    graphs.append(Graph(name: name))
    return graphs.count - 1
  }

  /// Returns where the node of that identifier is in a graph, a new one where there is none.
  mutating func place(of id: String?, in graph: Int) -> Place {
    Place(graph: graph, node: graphs[graph].place(of: id))
  }

  subscript(_ place: Place) -> Node {
    get { graphs[place.graph].nodes[place.node] }
    _modify { yield &graphs[place.graph].nodes[place.node] }
  }
}
