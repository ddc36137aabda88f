import HTTP

/// The status line and header fields of a response (RFC 9112, 4 and 5).
struct ResponseHead: Sendable, Equatable {
  /// Whether the version is HTTP/1.0, as of servers that answer by hand.
  var isVersionOneZero: Bool
  var status: Int
  var headers: HTTPHeaders
}

/// Builds the head of a response from its lines, as libcurl hands them over one by one.
struct ResponseHeadParser: Sendable {
  private var head: ResponseHead?
  private var isComplete = false

  /// Takes the next line, with or without its line end.
  ///
  /// Interim responses (RFC 9110, 15.2) are skipped, all but the last that a connection has, 101,
  /// and so are the trailers after a chunked body.
  ///
  /// - Returns: the head, at the empty line that ends it.
  mutating func take(_ line: UnsafeRawBufferPointer) -> ResponseHead? {
    guard !isComplete else { return nil }
    var bytes = line[...]
    while let last = bytes.last, last == 0x0D || last == 0x0A { bytes.removeLast() }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      let parts = text.split(separator: " ", maxSplits: 2)
      head = ResponseHead(
        isVersionOneZero: parts[0] == "HTTP/1.0",
        status: parts.count > 1 ? Int(parts[1]) ?? 0 : 0, headers: [:])
    } else if text.isEmpty {
      guard let head, head.status >= 200 || head.status == 101 else { return nil }
      isComplete = true
      return head
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...]
      head?.headers.add(String(text[..<colon]), Self.trimmed(value))
    }
    return nil
  }

  private static func trimmed(_ value: Substring) -> String {
    var value = value
    while let first = value.first, first == " " || first == "\t" { value.removeFirst() }
    while let last = value.last, last == " " || last == "\t" { value.removeLast() }
    return String(value)
  }
}
