import Canonical

/// The text of one JSON string where it stands in its document; not to be kept beyond the visit.
package struct ScannedText {
  /// The bytes between the quotation marks.
  private let bytes: UnsafeBufferPointer<UInt8>
  private let hasEscapes: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) {
    self.bytes = bytes
    self.hasEscapes = hasEscapes
  }

  /// The text; nil where an escape in it is none.
  package var string: String? {
    guard hasEscapes else { return String(validating: bytes, as: UTF8.self) }
    let quote = [UInt8(ascii: "\"")]
    return (try? JSONValue(parsing: quote + bytes + quote))?.string
  }

  /// A number by which equal texts are found: FNV-1a in 64 bits. That they are equal must be seen
  /// from the texts themselves.
  package var key: UInt64 {
    hasEscapes ? Self.key(of: (string ?? "").utf8) : Self.key(of: bytes)
  }

  package static func key(of bytes: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { key = (key ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return key
  }

  package func isEqual(to text: StaticString) -> Bool {
    bytes.count == text.utf8CodeUnitCount && hasPrefix(text)
  }

  package func hasPrefix(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    for index in 0..<count where bytes[index] != text.utf8Start[index] { return false }
    return true
  }

  package func isEqual(to text: String) -> Bool {
    hasEscapes ? string == text : bytes.count == text.utf8.count && hasPrefix(text)
  }

  package func hasPrefix(_ text: String) -> Bool {
    hasEscapes ? string?.hasPrefix(text) ?? false : bytes.starts(with: text.utf8)
  }
}
