import HTTP
import SystemPackage

/// The address of an engine, as `--host`, `DOCKER_HOST` and contexts write it.
///
/// Source: Docker's command line, `opts/hosts.go`; `http` and `https`, which it takes in contexts
/// only, are taken everywhere.
struct EndpointAddress: Sendable, Equatable {
  private enum Place: Sendable, Equatable {
    case unix(String)
    case tcp(host: String, port: Int)
  }

  private let place: Place

  /// Whether the address itself asks for TLS.
  private let isHTTPS: Bool

  /// Reads an address; an empty one is the engine's default, which with TLS is a port.
  ///
  /// As with Docker, `tcp` without a port is port 2375, with TLS as well: only where the address
  /// is left out altogether TLS means 2376.
  init(_ text: String, hasTLS: Bool = false) throws(EndpointError) {
    let address = Self.trimmed(text)
    if address.isEmpty {
      isHTTPS = false
      place = hasTLS ? .tcp(host: "localhost", port: 2376) : .unix("/var/run/docker.sock")
      return
    }
    let (named, rest) = Self.split(address)
    let scheme = named ?? "tcp"
    isHTTPS = scheme == "https"
    switch scheme {
    case "unix":
      guard Self.split(rest).scheme == nil, !rest.contains("\0") else {
        throw Self.malformed(text)
      }
      place = .unix(rest.isEmpty ? "/var/run/docker.sock" : rest)
    case "tcp": place = try Self.port(rest, standard: 2375, of: text)
    case "http": place = try Self.port(rest, standard: 80, of: text)
    case "https": place = try Self.port(rest, standard: 443, of: text)
    case "ssh":
      throw EndpointError(
        .unsupported, "engines over ssh are not supported ('\(Self.shown(text))')",
        hint: "forward its socket, ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock "
          + "\(Self.shown(address)), "
          + "and use unix:///tmp/engine.sock")
    case "npipe":
      throw EndpointError(
        .unsupported, "named pipes are Windows' own ('\(Self.shown(text))')",
        hint: "use unix:///path or tcp://host:port")
    case "fd":
      throw EndpointError(
        .unsupported,
        "fd:// is where an engine listens, not where to reach it ('\(Self.shown(text))')",
        hint: "use the socket behind it, most often unix:///var/run/docker.sock")
    default: throw Self.malformed(text)
    }
  }

  /// The endpoint; the TLS files are asked for only where TLS can be.
  func endpoint(
    tls: () throws(EndpointError) -> TLSFiles?
  ) throws(EndpointError) -> HTTPEndpoint {
    switch place {
    case .unix(let path): return .unix(FilePath(path))
    case .tcp(let host, let port):
      let systems = TLSFiles(authority: nil, certificate: nil, key: nil)
      return .tcp(host: host, port: port, tls: try tls() ?? (isHTTPS ? systems : nil))
    }
  }
}

extension EndpointAddress {
  private static func malformed(_ text: String) -> EndpointError {
    EndpointError(
      .address, "'\(shown(text))' is no address of an engine",
      hint: "use unix:///path or tcp://host:port")
  }

  private static func trimmed(_ text: String) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// An address as messages may show it: without the password in it.
  private static func shown(_ text: String) -> String {
    let (scheme, rest) = split(text)
    guard let at = rest.lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") else {
      return text
    }
    return (scheme.map { $0 + "://" } ?? "") + rest[..<colon] + rest[at...]
  }

  /// The scheme, nil where there is none, and what follows `://`.
  private static func split(_ address: String) -> (scheme: String?, rest: String) {
    var rest = Substring(address)
    while let colon = rest.firstIndex(of: ":") {
      if rest[colon...].hasPrefix("://") {
        return (
          String(address[..<colon]), String(address[address.index(colon, offsetBy: 3)...])
        )
      }
      rest = rest[rest.index(after: colon)...]
    }
    return (nil, address)
  }

  /// `host`, `host:port`, `[v6]`, `[v6]:port` or a bare v6 address.
  private static func port(
    _ text: String, standard: Int, of whole: String
  ) throws(EndpointError) -> Place {
    var rest = text
    while rest.hasSuffix("/") { rest.removeLast() }
    if rest.contains("/") || rest.contains("?") {
      throw EndpointError(
        .unsupported, "an engine below a path is not supported ('\(shown(whole))')",
        hint: "use tcp://host:port")
    }
    guard !rest.utf8.contains(where: { $0 <= 0x20 || $0 == 0x40 || $0 == 0x7F }) else {
      throw malformed(whole)
    }
    let (host, port) = try hostAndPort(rest, of: whole)
    guard !port.isEmpty else { return .tcp(host: host, port: standard) }
    guard port.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(port),
      (1...65535).contains(number)
    else { throw malformed(whole) }
    return .tcp(host: host, port: number)
  }

  private static func hostAndPort(
    _ text: String, of whole: String
  ) throws(EndpointError) -> (host: String, port: String) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { throw malformed(whole) }
      let host = text[text.index(after: text.startIndex)..<end]
      let port = text[text.index(after: end)...]
      guard !host.isEmpty, port.isEmpty || port.hasPrefix(":") else { throw malformed(whole) }
      return (String(host), String(port.dropFirst()))
    }
    guard !text.contains("]") else { throw malformed(whole) }
    let colons = text.filter { $0 == ":" }.count
    guard colons == 1, let colon = text.firstIndex(of: ":") else {
      return (text.isEmpty ? "localhost" : text, "")
    }
    let host = text[..<colon]
    return (host.isEmpty ? "localhost" : String(host), String(text[text.index(after: colon)...]))
  }
}
