/// One entry of a zip file's directory.
///
/// Source: APPNOTE.TXT 6.3.9, 4.3.12 and 4.5.3.
struct ZipEntry {
  static let headLength = 46

  let path: [UInt8]
  let flags: UInt64
  let method: UInt64
  let checksum: UInt64
  private(set) var packedSize: UInt64
  private(set) var size: UInt64
  private(set) var place: UInt64

  /// The kind and the permissions as Unix has them; nil where another system made the entry.
  let mode: UInt32?

  /// Whether its sizes may have eight bytes.
  let isLarge: Bool

  /// What is wrong with it by itself; nil for nothing.
  private(set) var fault: String?

  /// The length of name, extra fields and comment, which follow the head.
  static func tailLength(_ head: [UInt8]) -> Int? {
    guard head.count == headLength, head.starts(with: [0x50, 0x4B, 0x01, 0x02]) else { return nil }
    return [28, 30, 32].reduce(0) { $0 + Int(head.littleEndian($1, 2)) }
  }

  init(_ head: [UInt8], _ tail: [UInt8]) {
    let nameLength = Int(head.littleEndian(28, 2))
    path = Array(tail.prefix(nameLength))
    flags = head.littleEndian(8, 2)
    method = head.littleEndian(10, 2)
    checksum = head.littleEndian(16, 4)
    packedSize = head.littleEndian(20, 4)
    size = head.littleEndian(24, 4)
    place = head.littleEndian(42, 4)
    // Unix is 3, macOS 19.
    let isUnix = head[5] == 3 || head[5] == 19
    mode = isUnix ? UInt32(head.littleEndian(38, 4) >> 16) : nil
    let fields = Self.fields(tail.dropFirst(nameLength).prefix(Int(head.littleEndian(30, 2))))
    isLarge = fields?[1] != nil
    if let large = fields?[1] { readLarge(large) }
    fault = fault ?? Self.fault(flags, method, fields)
    // Zip on Unix writes names as they are, and other systems those of their code page.
    if fault == nil, !isUnix, flags & 0x800 == 0, path.contains(where: { $0 >= 0x80 }) {
      fault = "has a name that is not in UTF-8"
    }
  }

  private static func fault(
    _ flags: UInt64, _ method: UInt64, _ fields: [UInt64: ArraySlice<UInt8>]?
  ) -> String? {
    // Encryption, strong encryption, a hidden directory; patches.
    if flags & 0x2041 != 0 || method == 99 { return "is encrypted" }
    if flags & 0x20 != 0 { return "is a patch" }
    guard method == 0 || method == 8 else { return "is compressed in a way that packages are not" }
    guard let fields else { return "has extra fields that cannot be read" }
    // Another name and another comment, for some readers.
    return fields[0x7075] != nil || fields[0x6375] != nil ? "has two names" : nil
  }

  /// The extra fields by their number; nil when they cannot be read, or one is there twice.
  private static func fields(_ bytes: ArraySlice<UInt8>) -> [UInt64: ArraySlice<UInt8>]? {
    var (fields, rest) = ([UInt64: ArraySlice<UInt8>](), bytes)
    while !rest.isEmpty {
      let (kind, length) = (rest.littleEndian(0, 2), Int(rest.littleEndian(2, 2)))
      guard rest.count >= 4 + length, fields[kind] == nil else { return nil }
      fields[kind] = rest.dropFirst(4).prefix(length)
      rest = rest.dropFirst(4 + length)
    }
    return fields
  }

  /// What has no room in four bytes is in an extra field, in this order.
  private mutating func readLarge(_ field: ArraySlice<UInt8>) {
    var place = 0
    func next(_ value: UInt64) -> UInt64 {
      guard value == 0xFFFF_FFFF else { return value }
      defer { place += 8 }
      return field.littleEndian(place, 8)
    }
    size = next(size)
    packedSize = next(packedSize)
    self.place = next(self.place)
    if place > field.count { fault = "has sizes that cannot be read" }
  }
}
