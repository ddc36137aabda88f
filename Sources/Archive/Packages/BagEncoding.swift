/// How the bytes of a bag's tag files are text.
enum BagEncoding {
  case utf8, utf16, latin1

  /// The encoding of an IANA name; nil for one that is not known here.
  init?(_ name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
    case "utf-16", "utf-16le", "utf-16be": self = .utf16
    case "iso-8859-1", "latin1": self = .latin1
    default: return nil
    }
  }

  /// The text; nil when the bytes are none.
  func text(_ bytes: [UInt8]) -> String? {
    switch self {
    case .utf8: String(validating: bytes, as: UTF8.self)
    case .latin1:
      String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .utf16: Self.utf16(bytes)
    }
  }

  private static func utf16(_ bytes: [UInt8]) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    if units.first == 0xFEFF { units.removeFirst() }
    return String(validating: units, as: UTF16.self)
  }

  /// The lines of a text, without those that are empty; each may end in LF, CR or both.
  static func lines(_ text: String) -> [Substring] {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { Substring($0) }
  }
}
