/// Finds secrets by their own form, whatever they are called.
///
/// A scanner over bytes, which runs over every recorded text.
enum SecretShape {
  /// Issuers' prefixes, and the least number of characters that follow.
  private static let prefixes: [(prefix: [UInt8], least: Int)] = [
    ("AKIA", 16), ("ASIA", 16), ("AIza", 30),
    ("ghp_", 20), ("gho_", 20), ("ghu_", 20), ("ghs_", 20), ("ghr_", 20), ("github_pat_", 20),
    ("glpat-", 16), ("gldt-", 16), ("glrt-", 16), ("dckr_pat_", 16), ("npm_", 30), ("pypi-", 30),
    ("hf_", 30), ("xoxb-", 10), ("xoxa-", 10), ("xoxp-", 10), ("xoxr-", 10), ("xoxs-", 10),
    ("xoxe-", 10), ("xapp-", 10), ("sk-", 20), ("sk_live_", 16), ("sk_test_", 16),
    ("rk_live_", 16),
  ].map { (Array($0.0.utf8), $0.1) }

  /// The length of the shortest token that has neither a mark nor a space in it.
  static let shortestToken = 13

  private static let firstBytes = Set(prefixes.compactMap(\.prefix.first))

  /// The ranges of a text that are secrets, in order, none within another.
  static func ranges(in text: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < text.count {
      if let range = match(in: text, at: index), !range.isEmpty {
        found.append(range)
        index = range.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  private static func match(in text: [UInt8], at index: Int) -> Range<Int>? {
    switch text[index] {
    case UInt8(ascii: ":"): return userInformation(in: text, at: index)
    case UInt8(ascii: "-"):
      if let range = privateKey(in: text, at: index) { return range }
    default: break
    }
    guard index == 0 || !isTokenByte(text[index - 1]) else { return nil }
    switch text[index] {
    case UInt8(ascii: "b"), UInt8(ascii: "B"): return scheme(in: text, at: index)
    case UInt8(ascii: "e"): return webToken(in: text, at: index)
    case let byte: return firstBytes.contains(byte) ? issuedToken(in: text, at: index) : nil
    }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  static func has(_ text: [UInt8], _ part: some Collection<UInt8>, at index: Int) -> Bool {
    index >= 0 && index + part.count <= text.count
      && text[index..<index + part.count].elementsEqual(part)
  }

  private static func issuedToken(in text: [UInt8], at index: Int) -> Range<Int>? {
    for (prefix, least) in prefixes where has(text, prefix, at: index) {
      let start = index + prefix.count
      let end = text[start...].firstIndex { !isTokenByte($0) && $0 != UInt8(ascii: ".") }
      if (end ?? text.count) - start >= least { return index..<(end ?? text.count) }
    }
    return nil
  }

  /// A JSON Web Token (RFC 7519): three parts in base64url, the first of an object.
  private static func webToken(in text: [UInt8], at index: Int) -> Range<Int>? {
    guard has(text, "eyJ".utf8, at: index) else { return nil }
    let first = text[index...].firstIndex { !isTokenByte($0) } ?? text.count
    guard first - index >= 10, first < text.count, text[first] == UInt8(ascii: ".") else {
      return nil
    }
    let end = text[index...].firstIndex { !isTokenByte($0) && $0 != UInt8(ascii: ".") }
    let parts = text[index..<(end ?? text.count)].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[1].count >= 2 else { return nil }
    return index..<(end ?? text.count)
  }

  /// What follows `Bearer` or `Basic` (RFC 9110, 11.4), when it does not read like a word.
  private static func scheme(in text: [UInt8], at index: Int) -> Range<Int>? {
    let lower = text[index...].prefix(7).map { $0 | 0x20 }
    let length: Int
    if has(lower, "bearer ".utf8, at: 0) {
      length = 7
    } else if has(lower, "basic ".utf8, at: 0) {
      length = 6
    } else {
      return nil
    }
    let start = index + length
    let end =
      text[start...].firstIndex { !isTokenByte($0) && !"+/=.~".utf8.contains($0) } ?? text.count
    let token = text[start..<end]
    let isRandom =
      token.contains {
        $0.isASCIIDigit || $0 == UInt8(ascii: "=")
      } || token.dropFirst().contains(where: \.isASCIIUppercase)
    return token.count >= 6 && isRandom ? start..<end : nil
  }

  /// A private key in PEM (RFC 7468), to its end line, or to the end of the text.
  private static func privateKey(in text: [UInt8], at index: Int) -> Range<Int>? {
    guard has(text, "-----BEGIN ".utf8, at: index) else { return nil }
    let mark = Array("PRIVATE KEY".utf8)
    guard
      let label = (index + 11..<min(index + 60, text.count)).first(where: {
        has(text, mark, at: $0)
      })
    else { return nil }
    let end = Array("-----END ".utf8)
    guard let last = (label..<text.count).first(where: { has(text, end, at: $0) }),
      let close = (last + end.count..<text.count).first(where: { has(text, "-----".utf8, at: $0) })
    else { return index..<text.count }
    return index..<close + 5
  }

  /// The longest user and password that are looked for, so that no text takes quadratic time.
  private static let maximumUserInformation = 8192

  /// The user and password of a URL (RFC 3986, 3.2.1), without the `@`.
  ///
  /// A password may hold a slash that nobody encoded: what looks like a host with a port that
  /// is no number, and has an `@` further on, is user and password too. A user alone stays,
  /// unless it is so long that it is a token.
  private static func userInformation(in text: [UInt8], at index: Int) -> Range<Int>? {
    guard index > 0, text[index - 1].isASCIIAlphanumeric, has(text, "://".utf8, at: index)
    else { return nil }
    let start = index + 3
    let reach = text[start...].prefix(maximumUserInformation)
    let stop = reach.firstIndex { $0 <= 0x20 || "\"'<>`".utf8.contains($0) } ?? reach.endIndex
    let authority = text[start..<stop].firstIndex { "/?#".utf8.contains($0) } ?? stop
    func upToAt(_ end: Int) -> Range<Int>? {
      text[start..<end].lastIndex(of: UInt8(ascii: "@")).map { start..<$0 }
    }
    if let range = upToAt(authority) {
      let hasPassword = text[range].contains(UInt8(ascii: ":"))
      return hasPassword || range.count >= 16 ? range : nil
    }
    guard let colon = text[start..<authority].firstIndex(of: UInt8(ascii: ":")),
      text[start] != UInt8(ascii: "["),
      !text[(colon + 1)..<authority].allSatisfy(\.isASCIIDigit)
    else { return nil }
    return upToAt(stop)
  }

  /// Whether a text is long and mixed enough to be random: what a hint in the name asks for.
  static func looksRandom(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 16, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      !text.hasPrefix("/"), !text.hasPrefix("./"), !text.contains("://")
    else { return false }
    let kinds = [
      bytes.contains(where: \.isASCIIDigit), bytes.contains(where: \.isASCIILowercase),
      bytes.contains(where: \.isASCIIUppercase),
    ].count(where: \.self)
    return kinds >= 2 && Set(bytes).count >= 8
  }
}
