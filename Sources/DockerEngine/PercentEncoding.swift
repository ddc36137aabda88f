import Canonical

/// Percent-encoding of paths and queries (RFC 3986, 2.1).
public enum PercentEncoding {
  private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(contentsOf: Array([byte].hexadecimal.uppercased().utf8))
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// Encodes the value of a variable path part; slashes and the signs of image names stay.
  static func encode(path text: String) -> String {
    encode(text) { isUnreserved($0) || [UInt8]("/:@".utf8).contains($0) }
  }

  /// Encodes a name or a value of a query.
  static func encode(query text: String) -> String { encode(text, keeping: isUnreserved) }

  /// Decodes `%41` and, in queries, `+`; a broken escape stays as it is.
  public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    var decoded: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
