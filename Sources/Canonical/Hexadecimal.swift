/// A lower-case hexadecimal digit, as ASCII.
private func hexDigit(of value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

extension Sequence<UInt8> {
  /// The bytes in lower-case hexadecimal digits, two a byte.
  public var hexadecimal: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * underestimatedCount)
    for byte in self {
      digits.append(hexDigit(of: byte >> 4))
      digits.append(hexDigit(of: byte & 0xF))
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
