import Crypto

/// The hash function that canonicalization uses.
///
/// Source: RDF Dataset Canonicalization 1.0, section 4.2, hash algorithm.
public enum HashAlgorithm: String, Sendable, CaseIterable {
  /// SHA-256: the default of the standard.
  case sha256 = "SHA256"

  /// SHA-384.
  case sha384 = "SHA384"

  func hash(_ bytes: [UInt8]) -> NodeHash {
    switch self {
    case .sha256: Self.hash(bytes, SHA256())
    case .sha384: Self.hash(bytes, SHA384())
    }
  }

  private static func hash(_ bytes: [UInt8], _ function: some HashFunction) -> NodeHash {
    var function = function
    bytes.withUnsafeBytes { function.update(bufferPointer: $0) }
    return function.finalize().withUnsafeBytes(NodeHash.init)
  }

  /// Appends the hash in hexadecimal digits in lower case, as the algorithm's texts have it.
  func append(_ hash: NodeHash, to bytes: inout [UInt8]) {
    let words = hash.words
    Self.append(words.0, to: &bytes)
    Self.append(words.1, to: &bytes)
    Self.append(words.2, to: &bytes)
    Self.append(words.3, to: &bytes)
    guard self == .sha384 else { return }
    Self.append(words.4, to: &bytes)
    Self.append(words.5, to: &bytes)
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    append(half: word >> 32, to: &bytes)
    append(half: word & 0xFFFF_FFFF, to: &bytes)
  }

  /// Eight digits at once: spreads them to the bytes of a word, and makes all of them ASCII.
  private static func append(half: UInt64, to bytes: inout [UInt8]) {
    var digits = (half | half << 16) & 0x0000_FFFF_0000_FFFF
    digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
    digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    let ascii = digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    withUnsafeBytes(of: ascii.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
