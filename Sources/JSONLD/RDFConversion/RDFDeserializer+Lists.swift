import RDF

extension RDFDeserializer {
  /// Emits the cells of a list, and returns the term of the first.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.3, List to RDF Conversion.
  mutating func list(_ elements: [JSON], isStated: Bool) throws -> Term {
    try depth.enter()
    defer { depth.leave() }
    guard !elements.isEmpty else { return .rdfNil }
    let head = Term.blankNode(blankNodes.fresh())
    var cell = head
    for (place, element) in elements.enumerated() {
      let isLast = place == elements.count - 1
      let rest = isLast ? Term.rdfNil : Term.blankNode(blankNodes.fresh())
      let first = try object(element, isStated: isStated)
      if isStated {
        try state(cell, .rdfFirst, first)
        try state(cell, .rdfRest, rest)
      }
      cell = rest
    }
    return head
  }
}
