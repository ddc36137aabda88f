/// Writes quads as N-Quads, in the canonical form: one space between terms, and no escape but
/// those that are needed. Quads of the default graph make N-Triples.
///
/// It appends to a buffer, which its owner may empty between quads: that way an export of any
/// size takes the memory of its largest quad.
///
/// Source: RDF Dataset Canonicalization 1.0, appendix A, A Canonical form of N-Quads.
public struct NQuadsWriter: Sendable {
  /// A writer; it has no state.
  public init() {}

  /// Appends the line of one quad; predicates may be blank nodes, as in generalized RDF.
  ///
  /// Throws ``RDFError`` when a term is none that N-Quads can say, or is where it may not be; then
  /// nothing is appended.
  public func write(_ quad: Quad, to bytes: inout [UInt8]) throws(RDFError) {
    let start = bytes.count
    do {
      try write(quad.subject, .node, to: &bytes)
      bytes.append(UInt8(ascii: " "))
      try write(quad.predicate, .node, to: &bytes)
      bytes.append(UInt8(ascii: " "))
      try write(quad.object, .any, to: &bytes)
      if let graph = quad.graph {
        bytes.append(UInt8(ascii: " "))
        try write(graph, .node, to: &bytes)
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

  /// Which terms may be in a place.
  enum Place { case node, any }

  private func write(_ term: Term, _ place: Place, to bytes: inout [UInt8]) throws(RDFError) {
    switch term {
    case .iri(let iri): try bytes.appendIRI(iri)
    case .blankNode(let label): try bytes.appendBlankNode(label)
    case .literal(let literal):
      guard place == .any else {
        throw RDFError(.misplacedTerm, "a literal can be an object only")
      }
      try write(literal, to: &bytes)
    }
  }

  private func write(_ literal: Literal, to bytes: inout [UInt8]) throws(RDFError) {
    bytes.appendQuoted(literal.value)
    if let tag = literal.language {
      try bytes.appendLanguageTag(tag)
    } else if !literal.datatype.hasSameBytes(as: XSD.string) {
      bytes.append(contentsOf: "^^".utf8)
      try bytes.appendIRI(literal.datatype)
    }
  }
}
