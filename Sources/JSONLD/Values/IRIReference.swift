/// An IRI reference in its five components, slices of the text that it was.
///
/// Source: RFC 3986, section 3 and appendix B; RFC 3987.
struct IRIReference {
  /// Without the colon.
  var scheme: Substring?

  /// Without the two slashes before it.
  var authority: Substring?
  var path: Substring

  /// Without the question mark.
  var query: Substring?

  /// Without the number sign.
  var fragment: Substring?

  init(_ text: String) {
    let utf8 = text.utf8
    var rest = text[...]
    if let colon = Self.schemeEnd(of: text) {
      scheme = rest[..<colon]
      rest = rest[utf8.index(after: colon)...]
    }
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
      fragment = rest[utf8.index(after: mark)...]
      rest = rest[..<mark]
    }
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      query = rest[utf8.index(after: mark)...]
      rest = rest[..<mark]
    }
    if rest.utf8.starts(with: "//".utf8) {
      let start = utf8.index(rest.startIndex, offsetBy: 2)
      let end = rest.utf8[start...].firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      authority = rest[start..<end]
      rest = rest[end...]
    }
    path = rest
  }

  /// The place of the colon after the scheme; nil for a relative reference.
  static func schemeEnd(of text: String) -> String.Index? {
    let utf8 = text.utf8
    guard let first = utf8.first, (first | 0x20) &- UInt8(ascii: "a") < 26 else { return nil }
    for place in utf8.indices {
      switch utf8[place] {
      case UInt8(ascii: ":"): return place
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        continue
      default: return nil
      }
    }
    return nil
  }

  /// Whether a text has a scheme, so that it means the same wherever it is.
  static func isAbsolute(_ text: String) -> Bool { schemeEnd(of: text) != nil }

  /// Whether a text is absolute and has no character that no IRI has, such as a space.
  static func isWellFormed(_ text: String) -> Bool {
    isAbsolute(text)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
          UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
          UInt8(ascii: "`"):
          false
        default: true
        }
      }
  }

  /// The text of the components.
  var text: String {
    var text = ""
    if let scheme { text += scheme + ":" }
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }
}
