import Canonical
import HTTP

/// A request that a server of large content wants for an object (Git LFS batch API, `actions`).
struct TransferAction: Sendable, Equatable {
  let address: WebAddress

  /// The header fields that the request must have.
  let headers: HTTPHeaders

  /// Whether bytes are sent in chunked coding.
  let isChunked: Bool

  /// What the transport says itself, and nobody else.
  private static let ownFields: Set<String> = [
    "host", "connection", "content-length", "transfer-encoding", "expect", "upgrade",
  ]

  /// - Throws: `ContentError` where it cannot be done.
  init(_ json: JSONValue) throws(ContentError) {
    guard let href = json["href"]?.string else {
      throw ContentError(.refused, "the server names no address for the transfer")
    }
    do throws(WebError) {
      address = try WebAddress(href)
    } catch {
      throw ContentError(.refused, "the server's address for the transfer: \(error.message)")
    }
    let fields = try Self.fields(json["header"])
    headers = fields.reduce(into: HTTPHeaders()) { headers, field in
      if !Self.ownFields.contains(field.name.lowercased()) { headers.add(field.name, field.value) }
    }
    isChunked = fields.contains {
      $0.name.lowercased() == "transfer-encoding" && $0.value == "chunked"
    }
  }

  /// The header fields of a JSON object, by name.
  static func fields(
    _ json: JSONValue?
  ) throws(ContentError) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    for (name, value) in (json?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let value = value.string else { continue }
      // One that could end its line would say more than one thing.
      let isField =
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
        && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
      guard isField else {
        throw ContentError(.refused, "the server asks for a header field that is none")
      }
      fields.append((name, value))
    }
    return fields
  }
}
