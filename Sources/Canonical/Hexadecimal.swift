/// The two lower-case hexadecimal digits of a byte, as ASCII.
func hexDigits(of byte: UInt8) -> [UInt8] {
  [byte >> 4, byte & 0xF].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "a") + $0 - 10 }
}

extension Sequence<UInt8> {
  /// The bytes in lower-case hexadecimal digits, two a byte.
  public var hexadecimal: String {
    String(decoding: flatMap(hexDigits(of:)), as: UTF8.self)
  }
}
