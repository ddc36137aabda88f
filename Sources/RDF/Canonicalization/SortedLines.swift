/// Lines that are collected in one buffer and then put in the order of code points, which in UTF-8
/// is that of the bytes.
struct SortedLines {
  /// The lines as they were appended.
  var bytes: [UInt8] = []

  private var ends: [Int] = []

  /// Notes that what was appended since the last call is a line.
  mutating func endLine() { ends.append(bytes.count) }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The lines in order.
  func sorted() -> [UInt8] {
    guard ends.count > 1 else { return bytes }
    var lines: [Range<Int>] = []
    lines.reserveCapacity(ends.count)
    for end in ends { lines.append((lines.last?.upperBound ?? 0)..<end) }
    return bytes.withUnsafeBytes { bytes in
      lines.sort { Self.precedes(bytes[$0], bytes[$1]) }
      var sorted: [UInt8] = []
      sorted.reserveCapacity(bytes.count)
      for line in lines { sorted.append(contentsOf: bytes[line]) }
      return sorted
    }
  }

  /// Whether a line comes before another; eight bytes at a time, since lines begin alike.
  private static func precedes(
    _ left: Slice<UnsafeRawBufferPointer>, _ right: Slice<UnsafeRawBufferPointer>
  ) -> Bool {
    let (first, second) = (
      UnsafeRawBufferPointer(rebasing: left), UnsafeRawBufferPointer(rebasing: right)
    )
    let count = min(first.count, second.count)
    var offset = 0
    while offset + 8 <= count {
      let (left, right) = (
        first.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
        second.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      )
      if left != right { return left.bigEndian < right.bigEndian }
      offset += 8
    }
    while offset < count {
      if first[offset] != second[offset] { return first[offset] < second[offset] }
      offset += 1
    }
    return first.count < second.count
  }
}
