/// Counts the members of a tar archive as its bytes pass.
///
/// Source: POSIX.1-2017, pax, ustar and pax interchange formats; GNU tar's long names. What only
/// says more of the next member (`x`, `g`, `L`, `K`) is none.
package struct TarMemberCounter: Sendable {
  private static let block = 512

  /// The members so far.
  package private(set) var count: Int64 = 0

  /// Whether what came so far can be a tar archive.
  package private(set) var isArchive = true
  private var header: [UInt8] = []

  /// Bytes of a member that are still to come, with its padding.
  private var rest: Int64 = 0
  private var hasEnded = false

  package init() {}

  package mutating func update(_ chunk: [UInt8]) {
    var bytes = chunk[...]
    while !bytes.isEmpty, isArchive, !hasEnded {
      if rest > 0 {
        let skipped = Int(min(rest, Int64(bytes.count)))
        rest -= Int64(skipped)
        bytes = bytes.dropFirst(skipped)
      } else {
        let taken = bytes.prefix(Self.block - header.count)
        header += taken
        bytes = bytes.dropFirst(taken.count)
        if header.count == Self.block { read() }
      }
    }
  }

  private mutating func read() {
    defer { header.removeAll(keepingCapacity: true) }
    guard header.contains(where: { $0 != 0 }) else {
      hasEnded = true
      return
    }
    guard hasRightSum, let size = number(124..<136) else {
      isArchive = false
      return
    }
    let kind = header[156]
    if !"xgLK".utf8.contains(kind) { count += 1 }
    // Links, devices and folders have no bytes, whatever their size says.
    let isEmpty = "123456".utf8.contains(kind)
    rest = isEmpty ? 0 : (size + 511) / 512 * 512
  }

  private var hasRightSum: Bool {
    let sum = header.enumerated().reduce(Int64(0)) { sum, byte in
      sum + Int64((148..<156).contains(byte.offset) ? 0x20 : byte.element)
    }
    return number(148..<156) == sum
  }

  /// A number in octal, or in GNU's base 256 for what is too large for it.
  private func number(_ field: Range<Int>) -> Int64? {
    if header[field.lowerBound] & 0x80 != 0 {
      return field.dropFirst().reduce(Int64(0)) { $0 << 8 | Int64(header[$1]) }
    }
    let digits = header[field].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard !digits.isEmpty else { return nil }
    return digits.reduce(Int64(0)) { $0 << 3 | Int64($1 & 7) }
  }
}
