import HTTP

extension HTTPEndpoint {
  /// What messages call the endpoint: the path of the socket, or host and port.
  var name: String {
    switch self {
    case .unix(let path): path.string
    case .tcp(let host, let port, _): "\(bracketed(host)):\(port)"
    }
  }

  /// The URL of the endpoint's root; nil when the host is no name or address.
  ///
  /// The host of a unix socket is never looked up; Go's server only wants it to be well-formed.
  var url: String? {
    guard case .tcp(let host, let port, let tls) = self else { return "http://localhost/" }
    let isName = host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && !host.isEmpty
    guard isName, !host.contains(where: { "/?#@\\%".contains($0) }), 1...65535 ~= port else {
      return nil
    }
    return "\(tls == nil ? "http" : "https")://\(bracketed(host)):\(port)/"
  }

  /// The value of the header field `Host`.
  var hostField: String {
    if case .tcp = self { name } else { "localhost" }
  }

  /// Whether the endpoint is a TCP port without TLS.
  var isPlainTCP: Bool {
    if case .tcp(_, _, nil) = self { true } else { false }
  }

  /// The files of the TLS connection, where it is one.
  var tls: TLSFiles? {
    if case .tcp(_, _, let tls) = self { tls } else { nil }
  }

  private func bracketed(_ host: String) -> String {
    host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
  }
}
