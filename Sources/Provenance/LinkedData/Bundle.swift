import Canonical
import JSONLD
import RDF

/// A document of an activity as a named set of statements, which is an entity itself.
///
/// Its name is the digest of the document's bytes: who has the document can check that it is the
/// one that is spoken of.
///
/// Source: PROV-O, section 3.2, prov:Bundle.
struct Bundle {
  /// The IRI `ni:` of the document's SHA-256.
  let name: String

  /// The IRI of the activity that the document is about.
  let activity: String

  init(of document: [UInt8], about activity: ActivityID) {
    name = IRI.named(by: SHA256Digest(of: document))
    self.activity = activity.iri
  }

  private static let type = Namespace.prov.rawValue + "Bundle"
  private static let topic = Namespace.foaf.rawValue + "primaryTopic"

  /// What is stated of the bundle outside of it.
  var description: [Quad] {
    [
      Quad(.iri(name), .iri(RDFVocabulary.type), .iri(Self.type)),
      Quad(.iri(name), .iri(Self.topic), .iri(activity)),
    ]
  }

  /// The bundle and what is in it, in expanded form.
  func json(_ graph: JSON) -> JSON {
    [
      "@id": .string(name), "@type": [.string(Self.type)],
      Self.topic: [["@id": .string(activity)]], "@graph": graph,
    ]
  }
}
