import HTTP

/// How an engine, and what it publishes, is reached by URLs.
struct EngineAddress: Sendable {
  /// The URL of the engine's root, without a slash at its end. That of a unix socket has the host
  /// that `curl --unix-socket` is given.
  let base: String

  /// Whether the engine sees the files of this host.
  let isLocal: Bool

  /// The host on which the engine publishes ports.
  private let host: String

  init(_ endpoint: HTTPEndpoint) {
    switch endpoint {
    case .unix:
      isLocal = true
      base = "http://localhost"
      host = "localhost"
    case .tcp(let host, let port, let tls):
      isLocal = false
      self.host = Self.bracketed(host)
      base = "\(tls == nil ? "http" : "https")://\(self.host):\(port)"
    }
  }

  /// Host and port of a URL for what is published at an address of the engine's machine.
  func reaching(_ binding: (address: String, port: String)) -> String {
    let isAny = ["", "0.0.0.0", "::"].contains(binding.address)
    return "\(isAny ? host : Self.bracketed(binding.address)):\(binding.port)"
  }

  /// Source: RFC 3986, section 3.2.2.
  private static func bracketed(_ host: String) -> String {
    host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
  }
}
