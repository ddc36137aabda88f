/// Where a remote is, taken apart as git does (git-fetch(1), "GIT URLS").
package enum GitAddress: Sendable, Equatable {
  /// A folder of this machine.
  case local(path: String)

  /// Over `ssh`, which is run with these words.
  case ssh(user: String?, host: String, port: Int?, path: String)

  /// Over git's own protocol, which knows no password and no encryption.
  case git(host: String, port: Int, path: String)

  /// Over `http` or `https`, by the whole URL.
  case http(url: String)

  /// The port of git's own protocol.
  private static let gitPort = 9418

  /// Takes an address apart; nil for one of a kind that is not spoken here, such as `ext::`.
  package init?(_ text: String) {
    // A line break or a zero would end a word that another program reads.
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    if let range = Self.separator("://", in: text) {
      self.init(scheme: text[..<range.lowerBound], rest: text[range.upperBound...], whole: text)
      return
    }
    if let helper = Self.separator("::", in: text),
      text[..<helper.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    {
      return nil
    }
    if let address = Self.secureCopy(text) {
      self = address
    } else {
      self = .local(path: text)
    }
  }

  private init?(scheme: Substring, rest: Substring, whole: String) {
    switch scheme.lowercased() {
    case "file":
      // The host of a file URL is this one, where it is named at all.
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      guard ["", "localhost"].contains(rest[..<slash]) else { return nil }
      self = .local(path: Self.decoded(rest[slash...]))
    case "http", "https": self = .http(url: whole)
    case "git":
      guard let place = Place(rest), place.user == nil else { return nil }
      self = .git(
        host: place.host, port: place.port ?? Self.gitPort, path: Self.decoded(place.path))
    case "ssh", "git+ssh", "ssh+git":
      guard let place = Place(rest) else { return nil }
      self = .ssh(
        user: place.user, host: place.host, port: place.port, path: Self.home(place.path))
    default: return nil
    }
  }

  /// `~user/path` behind the slash is a home folder there.
  private static func home(_ path: Substring) -> String {
    let path = decoded(path)
    return path.hasPrefix("/~") ? String(path.dropFirst()) : path
  }

  /// `[user@]host:path`, with no slash before the colon; nil when it is not that.
  private static func secureCopy(_ text: String) -> GitAddress? {
    var place = text[...]
    var path: Substring
    var port: Int?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]"),
      text[text.index(after: end)...].hasPrefix(":")
    {
      place = text[text.index(after: text.startIndex)..<end]
      path = text[text.index(end, offsetBy: 2)...]
      // `[host:22]:path`; more colons are those of an address of IPv6.
      if let colon = place.firstIndex(of: ":"), colon == place.lastIndex(of: ":") {
        guard let number = Int(place[place.index(after: colon)...]) else { return nil }
        port = number
        place = place[..<colon]
      }
    } else {
      guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else {
        return nil
      }
      place = text[..<colon]
      path = text[text.index(after: colon)...]
    }
    if path.hasPrefix("/~") { path = path.dropFirst() }
    let at = place.lastIndex(of: "@")
    let host = at.map { place[place.index(after: $0)...] } ?? place
    guard !host.isEmpty, !path.isEmpty else { return nil }
    return .ssh(
      user: at.map { String(place[..<$0]) }, host: String(host), port: port, path: String(path))
  }

  private static func separator(_ mark: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(mark) {
        return start..<text.index(start, offsetBy: mark.count)
      }
      start = text.index(after: start)
    }
    return nil
  }

  /// The text without percent-encoding (RFC 3986, 2.1).
  private static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension GitAddress {
  /// `[user@]host[:port]/path`.
  private struct Place {
    var user: String?
    var host: String
    var port: Int?
    var path: Substring

    init?(_ text: Substring) {
      guard let slash = text.firstIndex(of: "/") else { return nil }
      path = text[slash...]
      var authority = text[..<slash]
      if let at = authority.lastIndex(of: "@") {
        user = GitAddress.decoded(authority[..<at])
        authority = authority[authority.index(after: at)...]
      }
      var rest = Substring()
      if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
        host = String(authority[authority.index(after: authority.startIndex)..<end])
        rest = authority[authority.index(after: end)...]
      } else {
        let name = authority.prefix { $0 != ":" }
        host = String(name)
        rest = authority[name.endIndex...]
      }
      if rest.hasPrefix(":") {
        let digits = rest.dropFirst()
        guard digits.isEmpty || Int(digits).map({ 1...65535 ~= $0 }) == true else { return nil }
        port = Int(digits)
      } else if !rest.isEmpty {
        return nil
      }
      guard !host.isEmpty, path.count > 1 else { return nil }
    }
  }

  /// An address as people may see it: without a password.
  package static func shown(_ text: String) -> String {
    guard let range = separator("://", in: text) else { return text }
    // What follows may be a token, too.
    let rest = text[range.upperBound...].prefix { $0 != "?" && $0 != "#" }
    let authority = rest.prefix { $0 != "/" }
    let port = authority.drop { $0 != ":" }.dropFirst()
    // A password with a slash in it ends behind what would be the host.
    let isCut = !authority.contains("@") && !port.isEmpty && !port.allSatisfy(\.isNumber)
    guard let at = (isCut ? rest : authority).lastIndex(of: "@") else {
      return String(text[..<range.upperBound] + rest)
    }
    let user = rest[..<at].prefix { $0 != ":" }
    let isToken = user.endIndex == at && text.lowercased().hasPrefix("http")
    // A user name alone may be a token, and is one often enough.
    let kept = isToken ? "" : "\(user)@"
    return text[..<range.upperBound] + kept + rest[rest.index(after: at)...]
  }
}
