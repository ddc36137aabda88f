import Canonical

/// The digests of one file of a bag.
struct BagDigests: Sendable {
  /// One after the other, the shortest first: millions of them are kept.
  private let bytes: [UInt8]
  private let algorithms: [BagAlgorithm]

  /// - Parameter algorithms: in the order of the digests.
  init(_ bytes: [UInt8], _ algorithms: [BagAlgorithm]) {
    self.bytes = bytes
    self.algorithms = algorithms
  }

  /// The digest in lower-case hexadecimal; nil when it was not taken.
  subscript(algorithm: BagAlgorithm) -> String? {
    var start = 0
    for other in algorithms {
      if other == algorithm { return bytes[start..<(start + other.length)].hexadecimal }
      start += other.length
    }
    return nil
  }
}
