/// The part of a prefixed name after the colon.
///
/// Source: RDF 1.1 Turtle, productions PN_LOCAL and PLX.
enum LocalName {
  /// The bytes as a local name; nil when they can be none, or none that is easy to read: with
  /// `/`, `?` or `#`, which look as if the name were of another namespace, or with a dot at the
  /// end, which some readers take for the end of the statement even when it is escaped.
  static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let text = String(decoding: bytes, as: UTF8.self)
    var name: [UInt8] = []
    name.reserveCapacity(bytes.count)
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      let isFirst = index == scalars.startIndex
      let isLast = scalars.index(after: index) == scalars.endIndex
      if isPlain(scalar, isFirst: isFirst, isLast: isLast)
        || scalar == "%" && isPercentEncoded(scalars[index...])
      {
        name.append(contentsOf: String(scalar).utf8)
      } else if escapable.contains(scalar), !(isLast && scalar == ".") {
        name.append(UInt8(ascii: "\\"))
        name.append(UInt8(scalar.value))
      } else {
        return nil
      }
    }
    return name
  }

  /// PN_LOCAL_ESC, without what is better shown in full.
  private static let escapable = "~.-!$&'()*+,;=@%".unicodeScalars

  private static func isPlain(_ scalar: Unicode.Scalar, isFirst: Bool, isLast: Bool) -> Bool {
    if isFirst { return scalar.isNameStart || scalar == ":" || scalar.isDigit }
    return scalar.isName || scalar == ":" || scalar == "." && !isLast
  }

  private static func isPercentEncoded(_ rest: Substring.UnicodeScalarView.SubSequence) -> Bool {
    let digits = rest.dropFirst().prefix(2)
    return digits.count == 2
      && digits.allSatisfy { $0.isASCII && UInt8($0.value).hexadecimalValue != nil }
  }
}
