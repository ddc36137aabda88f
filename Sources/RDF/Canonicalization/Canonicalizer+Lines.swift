/// The lines that are hashed, and those of the result.
extension Canonicalizer {
  /// Hashes each blank node by its quads.
  ///
  /// Source: RDF Dataset Canonicalization 1.0, section 4.6.3.
  mutating func hashFirstDegreeQuads() throws(RDFError) {
    hashes.reserveCapacity(index.labels.count)
    var lines = SortedLines()
    for node in index.labels.indices.lazy.map(Int32.init) {
      lines.removeAll()
      for quad in index.quads(of: node) {
        try appendLine(of: Int(quad), to: &lines.bytes) { other, bytes in
          bytes.append(contentsOf: (other == node ? "_:a" : "_:z").utf8)
        }
        lines.endLine()
      }
      hashes.append(algorithm.hash(lines.sorted()))
    }
  }

  /// The quads with their canonical identifiers in order: step 6.
  func canonicalLines() throws(RDFError) -> [UInt8] {
    var lines = SortedLines()
    for quad in index.quads.indices {
      try appendLine(of: quad, to: &lines.bytes) { node, bytes in
        bytes.append(contentsOf: "_:c14n".utf8)
        bytes.append(contentsOf: String(canonical.number(of: node)).utf8)
      }
      lines.endLine()
    }
    return lines.sorted()
  }

  private func appendLine(
    of quad: Int, to bytes: inout [UInt8], label: (Int32, inout [UInt8]) -> Void
  ) throws(RDFError) {
    let (nodes, quad) = (index.nodes[quad], index.quads[quad])
    try append(quad.subject, .node, nodes.subject, to: &bytes, label: label)
    try append(quad.predicate, .node, -1, to: &bytes, label: label)
    try append(quad.object, .object, nodes.object, to: &bytes, label: label)
    if let graph = quad.graph {
      try append(graph, .node, nodes.graph, to: &bytes, label: label)
    }
    bytes.append(contentsOf: ".\n".utf8)
  }

  /// Appends a term and a space.
  private func append(
    _ term: Term, _ place: TermPlace, _ node: Int32, to bytes: inout [UInt8],
    label: (Int32, inout [UInt8]) -> Void
  ) throws(RDFError) {
    if node >= 0 { label(node, &bytes) } else { try bytes.append(term, in: place) }
    bytes.append(UInt8(ascii: " "))
  }
}
