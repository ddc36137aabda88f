import Curl
import HTTP
import JSONLD

/// A JSON-LD document as web servers have it.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.4, LoadDocumentCallback; JSON-LD
/// 1.1, section 6.1 for the Link header.
enum WebDocument {
  /// What is at an address.
  private enum Found: Sendable {
    case document(RemoteDocument)
    /// Something else, which names where the JSON-LD is.
    case elsewhere(WebAddress)
  }

  private static let contextRelation = "http://www.w3.org/ns/json-ld#context"
  private static let jsonLD = "application/ld+json"

  /// Fetches the document at an IRI; one that stands beside a web page is found through it.
  ///
  /// - Throws: `WebError`; `JSONLDError` for what is no JSON-LD.
  static func fetch(_ url: String, with web: WebClient) async throws -> RemoteDocument {
    let deadline = web.limits.total.map { ContinuousClock.now + $0 }
    var web = web
    web.accepts = "application/ld+json, application/json;q=0.9, */*;q=0.1"
    var address = try WebAddress(url)
    for _ in 0..<2 {
      switch try await look(at: address, with: web) {
      case .document(let document): return document
      case .elsewhere(let alternate): address = alternate
      }
      web.limits.total = deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
    }
    throw JSONLDError(
      .loadingDocumentFailed, "\(address.shown) is an alternate that is no JSON-LD either.")
  }

  private static func look(
    at address: WebAddress, with web: WebClient
  ) async throws -> Found {
    try await web.response(at: address) { final, response in
      let links = WebLink.links(in: response.headers)
      let type = mediaType(response.headers["Content-Type"] ?? "")
      guard type == jsonLD || type == "application/json" || type.hasSuffix("+json") else {
        guard let link = links.first(where: { $0.has("alternate") && $0.type == jsonLD }) else {
          throw JSONLDError(
            .loadingDocumentFailed,
            "\(final.shown) is \(type.isEmpty ? "of no type" : type), and no JSON-LD.")
        }
        return .elsewhere(try final.resolving(link.target))
      }
      let contexts = type == jsonLD ? [] : links.filter { $0.has(contextRelation) }
      guard contexts.count < 2 else {
        throw JSONLDError(
          .multipleContextLinkHeaders, "\(final.shown) has more than one context.")
      }
      let document = try JSONParser().parse(try await response.body.collect())
      return .document(
        RemoteDocument(
          url: final.text,
          contextURL: try contexts.first.map { try final.resolving($0.target).text },
          document: document))
    }
  }

  /// The type without its parameters (RFC 9110, 8.3.1).
  private static func mediaType(_ field: String) -> String {
    String(field.prefix { $0 != ";" }.filter { !$0.isWhitespace }).lowercased()
  }
}
