/// Writes quads as N-Quads, in the canonical form: one space between terms, and no escape but
/// those that are needed. Quads of the default graph make N-Triples.
///
/// It appends to a buffer, which its owner may empty between quads: that way an export of any
/// size takes the memory of its largest quad.
///
/// Source: RDF Dataset Canonicalization 1.0, appendix A, A Canonical form of N-Quads.
public struct NQuadsWriter: Sendable {
  private let checksTerms: Bool

  /// A writer; it keeps nothing of what it wrote.
  ///
  /// - Parameter checksTerms: whether each term is looked at, that it is one. Those of a parser
  ///   or of a JSON-LD processor are, and need not be looked at again.
  public init(checksTerms: Bool = true) { self.checksTerms = checksTerms }

  /// Appends the line of one quad; predicates may be blank nodes, as in generalized RDF.
  ///
  /// Throws ``RDFError`` when a term is none that N-Quads can say, or is where it may not be; then
  /// nothing is appended.
  public func write(_ quad: Quad, to bytes: inout [UInt8]) throws(RDFError) {
    let start = bytes.count
    do {
      try bytes.append(quad.subject, in: .node, isChecked: checksTerms)
      bytes.append(UInt8(ascii: " "))
      try bytes.append(quad.predicate, in: .node, isChecked: checksTerms)
      bytes.append(UInt8(ascii: " "))
      try bytes.append(quad.object, in: .object, isChecked: checksTerms)
      if let graph = quad.graph {
        bytes.append(UInt8(ascii: " "))
        try bytes.append(graph, in: .node, isChecked: checksTerms)
      }
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
    bytes.append(contentsOf: " .\n".utf8)
  }

  /// Appends the lines of the quads in their order.
  public func write(
    contentsOf quads: some Sequence<Quad>, to bytes: inout [UInt8]
  ) throws(RDFError) {
    for quad in quads { try write(quad, to: &bytes) }
  }
}
