/// An IRI, a blank node or a literal: what a quad is made of.
///
/// Source: RDF 1.1 Concepts and Abstract Syntax, section 3.
public enum Term: Hashable, Sendable {
  /// An IRI, in full.
  case iri(String)

  /// A blank node by its label, without `_:`; it means something in one dataset only.
  case blankNode(String)

  indirect case literal(Literal)
}
