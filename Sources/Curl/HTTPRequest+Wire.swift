import HTTP

extension HTTPRequest {
  /// Header fields that are the transport's own.
  static let ownFields: Set<String> = ["host", "content-length", "transfer-encoding", "expect"]

  /// Throws when something would not stay in its place on the wire (RFC 9112, 3).
  func check() throws(TransportError) {
    guard target.hasPrefix("/"), target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw TransportError.unusable("the request's target is not percent-encoded")
    }
    guard !method.isEmpty, method.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) else {
      throw TransportError.unusable("the request's method is not a word in upper case")
    }
    for (name, value) in headers.fields {
      let isToken = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
      guard isToken, !name.isEmpty, !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
        throw TransportError.unusable("a header field of the request is not well-formed")
      }
    }
  }

  /// The request as it is sent on a connection that is to be taken over, with its body.
  ///
  /// A proxy on the way lets such a connection through when it is asked to be upgraded.
  ///
  /// Source: Engine API 1.41, POST /containers/{id}/attach, "Hijacking".
  func takeover(host: String, userAgent: String) -> [UInt8] {
    var content: [UInt8] = []
    if case .bytes(let bytes) = body { content = bytes }
    var lines = [
      "\(method) \(target) HTTP/1.1", "Host: \(host)", "User-Agent: \(userAgent)",
      "Connection: Upgrade", "Upgrade: tcp", "Content-Length: \(content.count)",
    ]
    for (name, value) in headers.fields where !Self.ownFields.contains(name.lowercased()) {
      lines.append("\(name): \(value)")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + content
  }
}
