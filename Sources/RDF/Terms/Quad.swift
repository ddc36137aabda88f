/// A statement: subject, predicate and object, and the graph that it is in.
///
/// Source: RDF 1.1 Concepts and Abstract Syntax, sections 3 and 4.
public struct Quad: Hashable, Sendable {
  /// An IRI or a blank node.
  public var subject: Term

  /// An IRI; a blank node in generalized RDF only.
  public var predicate: Term

  /// A term of any kind.
  public var object: Term

  /// The name of the graph, an IRI or a blank node; nil is the default graph.
  public var graph: Term?

  /// A statement in a graph; in the default graph when none is given.
  public init(_ subject: Term, _ predicate: Term, _ object: Term, graph: Term? = nil) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.graph = graph
  }
}
