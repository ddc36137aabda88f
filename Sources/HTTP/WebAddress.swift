/// An `http` or `https` URL, taken apart (RFC 3986).
public struct WebAddress: Sendable, Equatable {
  /// The schemes that can be fetched.
  public enum Scheme: String, Sendable {
    case http, https

    /// The port where a URL names none.
    public var port: Int { self == .http ? 80 : 443 }
  }

  public let scheme: Scheme

  /// User and password as the URL has them, percent-encoded; nil where it has none.
  public let userInformation: String?

  /// A name or an address; one of IPv6 without its brackets.
  public let host: String
  public let port: Int

  /// Path and query as they go on a request line, the path at least `/`.
  public let target: String

  /// Takes a URL apart. A fragment is dropped, and what may not stand in a URL is
  /// percent-encoded.
  ///
  /// - Throws: `WebError` of code `notAddress`, which does not quote the URL: it may have a
  ///   password in it.
  public init(_ text: String) throws(WebError) {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"),
      let scheme = Scheme(rawValue: text[..<colon].lowercased())
    else { throw WebError(.notAddress, "what is to be fetched is no http or https URL") }
    try self.init(scheme, text[text.index(colon, offsetBy: 3)...])
  }

  /// - Parameter rest: what follows `//`.
  private init(_ scheme: Scheme, _ rest: Substring) throws(WebError) {
    let whole = rest.prefix { $0 != "#" }
    let authority = whole.prefix { $0 != "/" && $0 != "?" }
    let at = authority.lastIndex(of: "@")
    userInformation = at.map { Self.encoded(authority[..<$0]) }
    let place = at.map { authority[authority.index(after: $0)...] } ?? authority
    guard let (host, port) = Self.split(place, scheme) else {
      throw WebError(.notAddress, "the URL names no host and port that could be asked")
    }
    (self.host, self.port, self.scheme) = (host, port, scheme)
    target = Self.target(whole[authority.endIndex...])
  }

  private init(_ base: WebAddress, target: some StringProtocol) {
    scheme = base.scheme
    userInformation = base.userInformation
    host = base.host
    port = base.port
    self.target = Self.target(Substring(target))
  }

  /// The URL without user and password.
  public var text: String { origin + target }

  /// The URL without user, password and query: for messages.
  public var shown: String { origin + target.prefix { $0 != "?" } }

  /// Scheme, host and port.
  private var origin: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return "\(scheme)://\(name)" + (port == scheme.port ? "" : ":\(port)")
  }

  /// Whether both are one server's, so that it may have the same credentials.
  public func hasSameOrigin(as other: WebAddress) -> Bool {
    scheme == other.scheme && host.lowercased() == other.host.lowercased() && port == other.port
  }

  /// The address that a reference leads to from here (RFC 3986, 5.2).
  ///
  /// - Throws: `WebError` of code `forbiddenRedirect` when it is of another scheme.
  public func resolving(_ reference: String) throws(WebError) -> WebAddress {
    let scheme = reference.prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0))
    }
    let rest = reference[scheme.endIndex...]
    if rest.hasPrefix(":"), scheme.first?.isLetter == true {
      guard Scheme(rawValue: scheme.lowercased()) != nil else {
        throw WebError(.forbiddenRedirect, "\(shown) leads to a URL of the scheme \(scheme)")
      }
      return try WebAddress(reference)
    }
    if reference.hasPrefix("//") { return try WebAddress(self.scheme, reference.dropFirst(2)) }
    let bare = reference.prefix { $0 != "#" }
    if bare.isEmpty { return self }
    let path = target.prefix { $0 != "?" }
    if bare.hasPrefix("?") { return WebAddress(self, target: path + bare) }
    let query = bare.drop { $0 != "?" }
    let relative = bare[..<query.startIndex]
    let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
    let merged = relative.hasPrefix("/") ? String(relative) : String(folder + relative)
    return WebAddress(self, target: Self.withoutDots(merged) + query)
  }

  /// A path without `.` and `..` (RFC 3986, 5.2.4).
  private static func withoutDots(_ path: String) -> String {
    var kept: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, part) in parts.enumerated() {
      switch part {
      case ".", "..":
        if part == ".." { _ = kept.popLast() }
        if index == parts.count - 1 { kept.append("") }
      default: kept.append(part)
      }
    }
    return "/" + kept.joined(separator: "/")
  }

  private static func split(_ place: Substring, _ scheme: Scheme) -> (String, Int)? {
    var host = place
    var rest = Substring()
    if place.hasPrefix("[") {
      guard let end = place.firstIndex(of: "]") else { return nil }
      host = place[place.index(after: place.startIndex)..<end]
      rest = place[place.index(after: end)...]
    } else if let colon = place.firstIndex(of: ":") {
      host = place[..<colon]
      rest = place[colon...]
    }
    let isName = host.utf8.allSatisfy {
      $0 > 0x20 && $0 != 0x7F && !"\"<>\\^`{|}%@".utf8.contains($0)
    }
    guard isName, !host.isEmpty, rest.isEmpty || rest.hasPrefix(":") else { return nil }
    let digits = rest.dropFirst()
    guard digits.isEmpty || digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    guard let port = digits.isEmpty ? scheme.port : Int(digits), 1...65535 ~= port else {
      return nil
    }
    return (String(host), port)
  }

  private static func target(_ text: Substring) -> String {
    let text = encoded(text)
    return text.hasPrefix("/") ? text : "/" + text
  }

  /// The text with what no URL may have percent-encoded; what is encoded already stays.
  private static func encoded(_ text: Substring) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in text.utf8 {
      if byte > 0x20, byte < 0x7F, !"\"<>\\^`{|}".utf8.contains(byte) {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
