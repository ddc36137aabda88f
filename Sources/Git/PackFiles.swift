import CGit2
import Crypto

/// The two files of a pack of whole objects, without differences between them: the objects, and the
/// index of version 2 by which they are found (gitformat-pack(5)).
struct PackFiles {
  /// The file of the objects, whole once `finish` was called.
  private(set) var pack: [UInt8]

  /// Where each object is, in the order of their ids, and the CRC-32 of what is there.
  private var entries: [(id: GitObjectID, offset: UInt32, checksum: UInt32)] = []

  /// - Parameter count: how many objects there will be.
  init(count: Int) {
    pack = Array("PACK".utf8) + Self.bytes(2) + Self.bytes(UInt32(count))
  }

  /// The largest offset that the index has in four bytes.
  private static let largestOffset = 0x7FFF_FFFF

  /// Adds an object, whose id comes after all before.
  ///
  /// - Parameter content: its bytes, compressed.
  mutating func append(
    _ object: GitObject, _ id: GitObjectID, _ content: [UInt8]
  ) throws(GitError) {
    guard pack.count <= Self.largestOffset else {
      throw GitError(code: .failed, call: "pack", message: "a commit of more than 2 GiB")
    }
    let entry = Self.header(of: object) + content
    let checksum = entry.withUnsafeBufferPointer {
      crc32_z(0, $0.baseAddress, $0.count)
    }
    entries.append((id, UInt32(pack.count), UInt32(checksum)))
    pack += entry
  }

  /// Ends the file of the objects with its checksum.
  ///
  /// - Returns: the index.
  mutating func finish() -> [UInt8] {
    let checksum = Self.checksum(of: pack)
    pack += checksum
    var index: [UInt8] = [0xFF, 0x74, 0x4F, 0x63] + Self.bytes(2)
    index += fanOut
    for entry in entries { index += entry.id.bytes }
    for entry in entries { index += Self.bytes(entry.checksum) }
    for entry in entries { index += Self.bytes(entry.offset) }
    index += checksum
    return index + Self.checksum(of: index)
  }

  /// For each first byte, how many ids have it or a lower one.
  private var fanOut: [UInt8] {
    var counts = [UInt32](repeating: 0, count: 256)
    for entry in entries { counts[Int(entry.id.bytes[0])] += 1 }
    var total: UInt32 = 0
    return counts.flatMap { count in
      total += count
      return Self.bytes(total)
    }
  }

  /// Kind and size: seven bits in each byte, but for four in the first, the lowest before.
  private static func header(of object: GitObject) -> [UInt8] {
    var rest = object.bytes.count
    var header = [object.kind.number << 4 | UInt8(rest & 0x0F)]
    rest >>= 4
    while rest > 0 {
      header[header.count - 1] |= 0x80
      header.append(UInt8(rest & 0x7F))
      rest >>= 7
    }
    return header
  }

  private static func checksum(of bytes: [UInt8]) -> [UInt8] {
    Array(Insecure.SHA1.hash(data: bytes))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

extension GitObjectKind {
  /// The number that stands for the kind in a pack.
  fileprivate var number: UInt8 {
    switch self {
    case .commit: 1
    case .tree: 2
    case .blob: 3
    case .tag: 4
    }
  }
}
