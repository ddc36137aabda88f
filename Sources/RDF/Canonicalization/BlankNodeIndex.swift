/// The blank nodes of a dataset by number, and the quads of each.
struct BlankNodeIndex {
  /// The blank nodes of one quad by number, -1 for terms that are none.
  struct Nodes {
    var subject: Int32 = -1
    var object: Int32 = -1
    var graph: Int32 = -1

    /// Gives each node once.
    func forEach(_ body: (Int32) -> Void) {
      if subject >= 0 { body(subject) }
      if object >= 0, object != subject { body(object) }
      if graph >= 0, graph != subject, graph != object { body(graph) }
    }
  }

  let quads: [Quad]

  /// The blank nodes of each quad.
  private(set) var nodes: [Nodes] = []

  /// The label of each blank node, in the order in which they are met.
  private(set) var labels: [String] = []

  /// Where in `incidences` the quads of each blank node begin, and at last its end.
  private var starts: [Int] = []

  /// The quads of the blank nodes, one after the other.
  private var incidences: [Int32] = []

  /// Throws when a predicate is a blank node: what the algorithm does not know.
  init(_ quads: [Quad]) throws(RDFError) {
    self.quads = quads
    guard quads.count < Int32.max else {
      throw RDFError(.limitExceeded, "a dataset of 2^31 quads or more")
    }
    var numbers: [Term: Int32] = [:]
    nodes.reserveCapacity(quads.count)
    for quad in quads {
      guard !quad.predicate.isBlankNode else {
        throw RDFError(.misplacedTerm, "a dataset with blank predicates has no canonical form")
      }
      nodes.append(
        Nodes(
          subject: number(of: quad.subject, &numbers), object: number(of: quad.object, &numbers),
          graph: quad.graph.map { number(of: $0, &numbers) } ?? -1))
    }
    collectIncidences()
  }

  private mutating func number(of term: Term, _ numbers: inout [Term: Int32]) -> Int32 {
    guard case .blankNode(let label) = term else { return -1 }
    let next = Int32(labels.count)
    let number = numbers[term, default: next]
    if number == next {
      numbers[term] = next
      labels.append(label)
    }
    return number
  }

  /// Counts the quads of each node, and then puts them where the counts say.
  private mutating func collectIncidences() {
    starts = [Int](repeating: 0, count: labels.count + 1)
    for nodes in nodes {
      nodes.forEach { starts[Int($0) + 1] += 1 }
    }
    for node in labels.indices { starts[node + 1] += starts[node] }
    incidences = [Int32](repeating: 0, count: starts[labels.count])
    var next = starts
    for (quad, nodes) in nodes.enumerated() {
      nodes.forEach { node in
        incidences[next[Int(node)]] = Int32(quad)
        next[Int(node)] += 1
      }
    }
  }

  /// The quads that have the node, by number.
  func quads(of node: Int32) -> ArraySlice<Int32> {
    incidences[starts[Int(node)]..<starts[Int(node) + 1]]
  }
}
