import JSONLD

/// A context that is known without a network.
///
/// Its text is a file of `templates/contexts`, repeated here so that the program needs no file
/// beside it; a test holds the two together. It is parsed when it is first asked for.
package struct KnownContext: Sendable {
  /// The file under `templates/contexts`, whose README says where it is from and how it may be used.
  package let file: String

  /// The IRIs that documents name it by, all `https`.
  package let iris: [String]

  /// The whole document.
  package let text: String
}

extension KnownContext {
  /// Every context that is known.
  package static let all = [smartContainers, roCrate, prov, hydra]

  /// That of our own documents, which write the part that they need into themselves.
  package static let smartContainers = KnownContext(
    file: "smartcontainers.jsonld",
    iris: ["https://w3id.org/daspos/smartcontainers/context"], text: smartContainersText)

  /// That of RO-Crate 1.1.
  package static let roCrate = KnownContext(
    file: "ro-crate-1.1.jsonld",
    iris: [
      "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/crate/1.1/context.jsonld",
    ], text: roCrateText)

  /// That of PROV-JSONLD, as submitted to W3C on 25 August 2024.
  package static let prov = KnownContext(
    file: "prov-jsonld.jsonld",
    iris: [
      "https://openprovenance.org/prov-jsonld/context.jsonld",
      "https://openprovenance.org/prov-jsonld/context-2024-08-25.jsonld",
    ], text: provText)

  /// That of the Hydra Core Vocabulary, with which the vocabulary itself is written.
  package static let hydra = KnownContext(
    file: "hydra-core.jsonld",
    iris: ["https://www.w3.org/ns/hydra/core", "https://www.w3.org/ns/hydra/context.jsonld"],
    text: hydraText)

  /// The document that an IRI names; nil for one that is not known.
  ///
  /// `http` is taken for `https`: whoever publishes these contexts answers both with the same.
  package static func document(at url: String) throws(JSONLDError) -> RemoteDocument? {
    let name = url.hasPrefix("http://") ? "https://" + url.dropFirst(7) : url
    guard let context = all.first(where: { $0.iris.contains(name) }) else { return nil }
    return RemoteDocument(url: url, document: try JSONParser().parse(context.text))
  }

  /// All of them by their IRIs, for a processor that has no loader.
  package static func documents() throws(JSONLDError) -> [String: RemoteDocument] {
    var documents: [String: RemoteDocument] = [:]
    for iri in all.flatMap(\.iris) { documents[iri] = try document(at: iri) }
    return documents
  }
}
