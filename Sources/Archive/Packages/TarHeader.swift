/// One header block of a tar archive, by the letter.
///
/// Source: POSIX.1-2017, pax, ustar interchange format; GNU tar's magic and large numbers. What
/// other readers forgive, such as bytes after a name's end, is how one archive shows two readers
/// two things; so it is no header here.
struct TarHeader {
  static let length = 512

  let path: [UInt8]
  let size: Int64
  let mode: UInt32

  /// What the member is: `0` for a file and so on.
  let type: UInt8

  /// nil when the block is none.
  init?(_ block: [UInt8]) {
    guard block.count == Self.length, Self.hasRightSum(block),
      let name = Self.text(block[0..<100]), let mode = Self.number(block[100..<108]),
      let size = Self.number(block[124..<136]), (0...0o7777777).contains(mode)
    else { return nil }
    switch Array(block[257..<265]) {
    case Array("ustar\u{0}00".utf8):
      guard let prefix = Self.text(block[345..<500]) else { return nil }
      path = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    case Array("ustar  \u{0}".utf8): path = name
    default: return nil
    }
    self.size = size
    self.mode = UInt32(mode) & 0o7777
    type = block[156] == 0 ? UInt8(ascii: "0") : block[156]
  }

  private static func hasRightSum(_ block: [UInt8]) -> Bool {
    var sum: Int64 = 8 * 0x20
    for (index, byte) in block.enumerated() where !(148..<156).contains(index) {
      sum += Int64(byte)
    }
    return number(block[148..<156]) == sum
  }

  /// A name, which ends with its field or with zeros to the field's end.
  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8]? {
    let text = field.prefix { $0 != 0 }
    return field.dropFirst(text.count).allSatisfy { $0 == 0 } ? Array(text) : nil
  }

  /// A number in octal, or in GNU's base 256 for what is too large for it.
  private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
    if field.first == 0x80 {
      let bytes = field.dropFirst().drop { $0 == 0 }
      guard bytes.count < 8 else { return nil }
      return bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
    let rest = field.drop { $0 == 0x20 }
    let digits = rest.prefix { (0x30...0x37).contains($0) }
    guard rest.dropFirst(digits.count).allSatisfy({ $0 == 0x20 || $0 == 0 }) else { return nil }
    return digits.reduce(Int64(0)) { $0 << 3 | Int64($1 & 7) }
  }
}
