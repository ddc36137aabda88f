/// An IRI, a blank node or a literal: what a quad is made of.
///
/// Terms are equal when their text is the same code point for code point: unlike strings, which
/// are also equal when they only look the same (`é` in one code point or in two).
///
/// Source: RDF 1.1 Concepts and Abstract Syntax, section 3.
public enum Term: Hashable, Sendable {
  /// An IRI, in full.
  case iri(String)

  /// A blank node by its label, without `_:`; it means something in one dataset only.
  case blankNode(String)

  /// A literal; indirect, so that the other terms are small.
  indirect case literal(Literal)

  /// Whether both are of one kind and have the same scalars.
  public static func == (left: Term, right: Term) -> Bool {
    switch (left, right) {
    case (.iri(let left), .iri(let right)), (.blankNode(let left), .blankNode(let right)):
      left.hasSameBytes(as: right)
    case (.literal(let left), .literal(let right)):
      left == right
    default:
      false
    }
  }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .iri(let text): text.hashBytes(into: &hasher)
    case .blankNode(let label):
      hasher.combine(0 as UInt8)
      label.hashBytes(into: &hasher)
    case .literal(let literal): literal.hash(into: &hasher)
    }
  }

  /// The label, when it is a blank node.
  var blankNodeLabel: String? {
    if case .blankNode(let label) = self { label } else { nil }
  }

  var isBlankNode: Bool {
    if case .blankNode = self { true } else { false }
  }

  /// Whether it is the IRI, as a pattern without a copy.
  func isIRI(_ iri: String) -> Bool {
    if case .iri(let text) = self { text.hasSameBytes(as: iri) } else { false }
  }
}
