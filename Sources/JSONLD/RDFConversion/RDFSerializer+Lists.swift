import RDF

/// Cells of RDF that are a list, from the first to the last.
private struct SerializedList {
  var cells: [SerializedNode] = []
  var values: [SerializedValue] = []

  /// The value that names the first cell, and the node that has it.
  let head: SerializedValue
  let owner: SerializedNode
}

extension RDFSerializer {
  /// Makes lists of cells that are nothing but that.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.4, Serialize RDF as JSON-LD.
  func foldLists() throws(JSONLDError) {
    var lists: [SerializedList] = []
    for (place, graph) in graphs.enumerated() {
      for end in graph.listEnds {
        let list = list(endingAt: end, in: place)
        list.cells.forEach { $0.list = lists.count }
        lists.append(list)
      }
    }
    let depths = try depths(of: lists)
    for (list, depth) in zip(lists, depths) where depth != nil {
      list.cells.forEach { $0.isAbsorbed = true }
      list.head.content = .list(list.values)
    }
  }

  /// Goes from the end of a list to its first cell.
  ///
  /// No cell comes twice: each is the only one that has the one before it as its rest.
  private func list(endingAt end: Use, in graph: Int) -> SerializedList {
    var use = end
    var cells: [SerializedNode] = []
    var values: [SerializedValue] = []
    while use.property == RDFVocabulary.rest, use.node.isBlank, use.node.isCell,
      let next = onlyUse(of: use.node.id, in: graph),
      let value = use.node.onlyValue(of: RDFVocabulary.first)
    {
      cells.append(use.node)
      values.append(value)
      use = next
    }
    return SerializedList(
      cells: cells.reversed(), values: values.reversed(), head: use.value, owner: use.node)
  }

  /// How deep each list is in others; nil for what is in itself in the end, which no text can be.
  private func depths(of lists: [SerializedList]) throws(JSONLDError) -> [Int?] {
    var depths: [Int??] = Array(repeating: nil, count: lists.count)
    var isOnPath = Array(repeating: false, count: lists.count)
    for start in lists.indices where depths[start] == nil {
      var path: [Int] = []
      var next: Int? = start
      while let list = next, depths[list] == nil, !isOnPath[list] {
        path.append(list)
        isOnPath[list] = true
        next = lists[list].owner.list
      }
      // Where the path meets itself, the lists from there on are a circle; they stay cells.
      var depth = 0
      if let next {
        if isOnPath[next] {
          while let list = path.popLast() {
            isOnPath[list] = false
            depths[list] = .some(nil)
            if list == next { break }
          }
        } else if let known = depths[next], let known {
          depth = known
        }
      }
      for list in path.reversed() {
        depth += 1
        isOnPath[list] = false
        depths[list] = depth
      }
      guard depth <= options.limits.boundedDepth else {
        throw JSONLDError(
          .limitExceeded, "Lists are more than \(options.limits.boundedDepth) deep in one another.")
      }
    }
    return depths.map { $0 ?? nil }
  }
}

extension SerializedNode {
  /// Whether it has one first, one rest and nothing else but the type of lists.
  fileprivate var isCell: Bool {
    properties.count == 2 && graph == nil && onlyValue(of: RDFVocabulary.first) != nil
      && onlyValue(of: RDFVocabulary.rest) != nil
      && (types.isEmpty || types == [RDFVocabulary.list])
  }
}
