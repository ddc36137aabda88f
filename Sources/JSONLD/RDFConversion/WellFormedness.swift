extension String {
  /// Whether this is an absolute IRI as N-Quads can write it.
  ///
  /// It has a scheme and none of the characters that IRIs must not have; as RDF says, no more is
  /// checked.
  /// Source: RDF 1.1 N-Quads, section 6, IRIREF; RFC 3987, section 2.2.
  var isWellFormedIRI: Bool {
    var bytes = utf8.makeIterator()
    guard let first = bytes.next(), (first | 0x20) &- UInt8(ascii: "a") < 26 else { return false }
    while let byte = bytes.next(), byte != UInt8(ascii: ":") {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        continue
      default: return false
      }
    }
    return utf8.contains(UInt8(ascii: ":")) && utf8.allSatisfy(\.isAllowedInIRI)
  }

  /// Whether this is of the form of a language tag; whether the language is known is not asked.
  ///
  /// Source: RDF 1.1 N-Quads, section 6, LANGTAG; BCP 47, section 2.1, of which it is the outer form.
  var isWellFormedLanguageTag: Bool {
    var isFirst = true
    for part in utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false) {
      guard (1...8).contains(part.count) else { return false }
      for byte in part {
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        let isDigit = byte &- UInt8(ascii: "0") < 10
        guard isLetter || (isDigit && !isFirst) else { return false }
      }
      isFirst = false
    }
    return true
  }
}

extension UInt8 {
  /// Whether an IRI may have this byte; those of more than one byte to a character are not looked at.
  fileprivate var isAllowedInIRI: Bool {
    switch self {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "`"),
      UInt8(ascii: "\\"):
      false
    default: true
    }
  }
}
