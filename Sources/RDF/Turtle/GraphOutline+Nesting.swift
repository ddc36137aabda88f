/// Which blank nodes are written inside of others.
extension GraphOutline {
  /// Marks the cells of lists that end well.
  ///
  /// Source: RDF 1.1 Turtle, section 2.8.
  mutating func findLists() {
    for (index, quad) in quads.enumerated()
    where quad.object.isIRI(RDFVocabulary.nil) && quad.predicate.isIRI(RDFVocabulary.rest) {
      var cell = subjects[index]
      while isNested[cell], hasCellShape(cell) {
        isCell[cell] = true
        guard let reference = references[cell], isRest(reference) else { break }
        cell = subjects[reference]
      }
    }
  }

  /// Whether it is one element and one rest, and nothing else.
  private func hasCellShape(_ node: Int) -> Bool {
    let statements = statements(of: node)
    guard statements.count == 2 else { return false }
    return statements.contains { quads[$0].predicate.isIRI(RDFVocabulary.first) }
      && statements.contains(where: isRest)
  }

  private func isRest(_ quad: Int) -> Bool { quads[quad].predicate.isIRI(RDFVocabulary.rest) }

  /// Gives labels to nodes that are nested too deep, and to one of each circle.
  mutating func limitDepth() {
    var depths = isNested.map { $0 ? nil : 0 }
    var isOnPath = [Bool](repeating: false, count: nodes.count)
    for node in nodes.indices where isNested[node] && depths[node] == nil {
      var path: [Int] = []
      var top = node
      while isNested[top], depths[top] == nil, !isOnPath[top] {
        isOnPath[top] = true
        path.append(top)
        top = parent(of: top)
      }
      if isNested[top], depths[top] == nil {
        label(headOfList(at: top), &depths)
        // The circle is open now: from its beginning the nodes have depths.
        for node in path { isOnPath[node] = false }
        path = pathToDepth(from: node, depths)
      }
      for node in path.reversed() {
        isOnPath[node] = false
        let parent = parent(of: node)
        let depth = (depths[parent] ?? 0) + (continuesList(node) ? 0 : 1)
        if depth > Self.maximumDepth { label(node, &depths) } else { depths[node] = depth }
      }
    }
  }

  private func pathToDepth(from node: Int, _ depths: [Int?]) -> [Int] {
    var path: [Int] = []
    var top = node
    while isNested[top], depths[top] == nil {
      path.append(top)
      top = parent(of: top)
    }
    return path
  }

  private mutating func label(_ node: Int, _ depths: inout [Int?]) {
    isNested[node] = false
    isCell[node] = false
    depths[node] = 0
  }

  /// The subject of the only statement that has the node.
  private func parent(of node: Int) -> Int { references[node].map { subjects[$0] } ?? node }

  /// Whether the node is a cell of the list that its parent is in, and so as deep.
  private func continuesList(_ node: Int) -> Bool {
    guard isCell[node], let reference = references[node] else { return false }
    return isRest(reference) && isCell[subjects[reference]]
  }

  /// A list is broken before its first cell only.
  private func headOfList(at node: Int) -> Int {
    var head = node
    while continuesList(head) { head = parent(of: head) }
    return head
  }
}
