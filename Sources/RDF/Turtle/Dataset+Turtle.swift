extension Dataset {
  /// The dataset as Turtle, with the prefixes that it uses.
  ///
  /// Throws ``RDFError`` when it has a named graph, or a term that Turtle cannot say.
  ///
  /// Source: RDF 1.1 Turtle.
  public func turtle(prefixes: Prefixes) throws(RDFError) -> [UInt8] {
    guard quads.allSatisfy({ $0.graph == nil }) else {
      throw RDFError(.unexpectedGraph, "Turtle has no named graphs")
    }
    return try triG(prefixes: prefixes)
  }

  /// The dataset as TriG, with the prefixes that it uses: the default graph first, and then the
  /// named graphs in the order in which they are met.
  ///
  /// Throws ``RDFError`` when it has a term that TriG cannot say.
  ///
  /// Source: RDF 1.1 TriG.
  public func triG(prefixes: Prefixes) throws(RDFError) -> [UInt8] {
    var body: [UInt8] = []
    var writer = TriGWriter(terms: TurtleTerms(prefixes))
    try writer.append(self, defaultName: nil, to: &body)
    var bytes: [UInt8] = []
    writer.appendUsedDeclarations(to: &bytes)
    bytes.append(contentsOf: body)
    return bytes
  }

  /// Its graphs, the default graph first, and then the named graphs in the order in which they
  /// are met.
  func graphs() -> [(name: Term?, quads: [Quad])] {
    var graphs: [(name: Term?, quads: [Quad])] = [(nil, [])]
    var numbers: [Term?: Int] = [nil: 0]
    for quad in quads {
      let number = numbers[quad.graph, default: graphs.count]
      if number == graphs.count {
        numbers[quad.graph] = number
        graphs.append((quad.graph, []))
      }
      graphs[number].quads.append(quad)
    }
    return graphs
  }

  /// The blank nodes that are in more than one graph, or the name of one.
  func sharedBlankNodes() -> Set<Term> {
    guard quads.contains(where: { $0.graph != nil }) else { return [] }
    var shared: Set<Term> = []
    var graphs: [Term: Term?] = [:]
    for quad in quads {
      if let graph = quad.graph, graph.isBlankNode { shared.insert(graph) }
      for term in [quad.subject, quad.object] where term.isBlankNode {
        if let graph = graphs[term] {
          if graph != quad.graph { shared.insert(term) }
        } else {
          graphs[term] = .some(quad.graph)
        }
      }
    }
    return shared
  }
}
