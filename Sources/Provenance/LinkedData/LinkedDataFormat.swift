/// A form in which activities are written as linked data.
public enum LinkedDataFormat: String, CaseIterable, Sendable {
  /// JSON-LD 1.1: a document as it was recorded, a history in expanded form.
  case jsonLD = "jsonld"

  /// JSON-LD 1.1 in expanded form: every name in full, and no context.
  case expanded

  /// RDF 1.1 N-Quads; one document in the canonical form of RDFC-1.0, of which the SHA-256 is the
  /// activity's canonical hash.
  case nQuads = "nquads"

  /// RDF 1.1 Turtle, which has no graphs: what every document says, together.
  case turtle

  /// RDF 1.1 TriG, each document a named graph.
  case triG = "trig"
}
