import Canonical

/// How the project names things on the web of data.
package enum IRI {
  /// The `ni:` IRI of a digest (RFC 6920): `ni:///sha-256;` and the digest in base64url.
  package static func named(by digest: SHA256Digest) -> String {
    "ni:///sha-256;" + base64URL(bytes(ofHexadecimal: digest.hexadecimal))
  }

  /// The digest that a `ni:` IRI of SHA-256 names, or nil when it is none.
  package static func digest(of iri: String) -> SHA256Digest? {
    let prefix = "ni:///sha-256;"
    guard iri.hasPrefix(prefix) else { return nil }
    var bits: UInt32 = 0
    var count = 0
    var bytes: [UInt8] = []
    for character in iri.utf8.dropFirst(prefix.utf8.count) {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return SHA256Digest(bytes.hexadecimal)
  }

  /// An IRI in one of the project's namespaces; every segment is percent-encoded (RFC 3986).
  static func local(_ namespace: Namespace, _ segments: String...) -> String {
    namespace.rawValue + segments.map(encoded).joined(separator: "/")
  }

  /// The text with all but RFC 3986's unreserved characters percent-encoded.
  static func encoded(_ text: String) -> String {
    encoded(text, keeping: "")
  }

  /// The text percent-encoded but for unreserved characters and those of `kept`.
  static func encoded(_ text: String, keeping kept: String) -> String {
    let isKept = { (byte: UInt8) in byte.isUnreserved || kept.utf8.contains(byte) }
    // Most names, ids and digests are as they should be.
    if text.utf8.allSatisfy(isKept) { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        output.append(byte)
      } else {
        output.append(UInt8(ascii: "%"))
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 0xF)])
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The text with its percent-encoded bytes decoded; what is no encoding stays.
  static func decoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        output.append(byte)
        index += 3
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func bytes(ofHexadecimal text: String) -> [UInt8] {
    let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x61 + 10 }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func base64URL(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        output.append(alphabet[Int(bits >> count & 0x3F)])
      }
    }
    if count > 0 { output.append(alphabet[Int(bits << (6 - count) & 0x3F)]) }
    return String(decoding: output, as: UTF8.self)
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIIUppercase: Bool { (0x41...0x5A).contains(self) }
  var isASCIILowercase: Bool { (0x61...0x7A).contains(self) }
  var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIIUppercase || isASCIILowercase }

  /// Whether it stands for itself in any IRI. Source: RFC 3986, 2.3.
  fileprivate var isUnreserved: Bool {
    isASCIIAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "_") || self == UInt8(ascii: "~")
  }
}
