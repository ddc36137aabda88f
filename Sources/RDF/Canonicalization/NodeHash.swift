/// A hash of at most 384 bits; it sorts as its hexadecimal digits do.
struct NodeHash: Equatable, Comparable, Sendable {
  typealias Words = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// Its bits, the first ones highest; zeros follow a shorter hash.
  let words: Words

  init(_ digest: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt64 {
      guard digest.count >= index * 8 + 8 else { return 0 }
      return UInt64(
        bigEndian: digest.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3), word(4), word(5))
  }

  static func == (left: NodeHash, right: NodeHash) -> Bool { left.words == right.words }

  static func < (left: NodeHash, right: NodeHash) -> Bool { left.words < right.words }
}
