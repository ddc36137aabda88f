import Canonical
import JSONLD
import RDF

/// Reads the documents of activities as linked data, offline.
///
/// Documents carry their context, and few kinds of them there are: a context is processed once.
package final class LinkedDataReader: Sendable {
  private let processor = Processor()

  package init() {}

  /// The document in expanded form.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.1.
  package func expanded(_ document: [UInt8]) throws(JSONLDError) -> JSON {
    try processor.expand(try JSONParser().parse(document))
  }

  /// What the document states, in its order; what it states twice may be there twice.
  ///
  /// Blank nodes are labelled by the document's own means: those of two documents may share labels.
  package func quads(_ document: [UInt8]) throws -> [Quad] {
    var quads: [Quad] = []
    quads.reserveCapacity(Self.usualCount)
    try forEachQuad(of: document) { quads.append($0) }
    return quads
  }

  /// What the document states, one after the other: ``quads(_:)`` without an array.
  package func forEachQuad(of document: [UInt8], _ body: (Quad) throws -> Void) throws {
    try processor.toRDF(try JSONParser().parse(document), body)
  }

  /// The document in canonical N-Quads: two that state the same are the same.
  ///
  /// Source: RDF Dataset Canonicalization, RDFC-1.0, with SHA-256.
  package func canonicalNQuads(_ document: [UInt8]) throws -> [UInt8] {
    try Dataset(quads(document)).canonicalized().nQuads
  }

  /// The SHA-256 of the canonical N-Quads.
  package func canonicalHash(_ document: [UInt8]) throws -> SHA256Digest {
    SHA256Digest(of: try canonicalNQuads(document))
  }

  private static let usualCount = 256
}
