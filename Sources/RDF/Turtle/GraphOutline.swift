/// How the quads of one graph are put in order for people: the statements of each subject
/// together, and which blank nodes are written inside of the one statement that has them.
struct GraphOutline {
  /// How deep blank nodes are written in one another; what is deeper gets a label.
  static let maximumDepth = 8

  let quads: [Quad]

  /// The subjects, and the blank nodes that are objects, in the order in which they are met.
  private(set) var nodes: [Term] = []

  /// The quads in the order of their subjects; of each subject types first, and then its
  /// predicates in the order in which the graph has them first.
  private var statements: [Int] = []

  /// Where in `statements` those of each node begin, and at last their end.
  private var starts: [Int] = []

  /// The number of each quad's subject, and of its object when it is a blank node.
  private(set) var subjects: [Int] = []
  private(set) var objects: [Int?] = []

  /// How often each node is an object; one more for nodes that are met outside of the graph.
  var referenceCounts: [Int] = []

  /// A quad of which each node is the object.
  private(set) var references: [Int?] = []

  /// Whether a node is written where it is referred to.
  var isNested: [Bool] = []

  /// Whether a nested node is written as a part of a list in parentheses.
  var isCell: [Bool] = []

  /// - Parameter isShared: Whether a blank node is met outside of the graph too.
  init(_ quads: [Quad], isShared: (Term) -> Bool) {
    self.quads = quads
    let ranks = number()
    order(by: ranks)
    for node in nodes.indices where isShared(nodes[node]) { referenceCounts[node] += 1 }
    isNested = nodes.indices.map {
      nodes[$0].isBlankNode && referenceCounts[$0] == 1 && references[$0] != nil
    }
    isCell = [Bool](repeating: false, count: nodes.count)
    findLists()
    limitDepth()
  }

  /// Numbers the nodes; returns the rank of each quad's predicate.
  private mutating func number() -> [Int] {
    var numbers: [Term: Int] = [:]
    var predicates: [Term: Int] = [.iri(RDFVocabulary.type): 0]
    var ranks: [Int] = []
    for quad in quads {
      subjects.append(number(of: quad.subject, &numbers))
      let rank = predicates[quad.predicate, default: predicates.count]
      predicates[quad.predicate] = rank
      ranks.append(rank)
    }
    for (index, quad) in quads.enumerated() {
      let object = quad.object.isBlankNode ? number(of: quad.object, &numbers) : nil
      objects.append(object)
      if let object {
        referenceCounts[object] += 1
        references[object] = index
      }
    }
    return ranks
  }

  private mutating func number(of term: Term, _ numbers: inout [Term: Int]) -> Int {
    if let number = numbers[term] { return number }
    numbers[term] = nodes.count
    nodes.append(term)
    referenceCounts.append(0)
    references.append(nil)
    return nodes.count - 1
  }

  private mutating func order(by ranks: [Int]) {
    statements = quads.indices.sorted {
      (subjects[$0], ranks[$0], $0) < (subjects[$1], ranks[$1], $1)
    }
    starts = [Int](repeating: 0, count: nodes.count + 1)
    for subject in subjects { starts[subject + 1] += 1 }
    for node in nodes.indices { starts[node + 1] += starts[node] }
  }

  /// The quads of a subject in order.
  func statements(of node: Int) -> ArraySlice<Int> { statements[starts[node]..<starts[node + 1]] }
}
