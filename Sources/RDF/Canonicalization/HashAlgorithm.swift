import Crypto

/// The hash function that canonicalization uses.
///
/// Source: RDF Dataset Canonicalization 1.0, section 4.2, hash algorithm.
public enum HashAlgorithm: String, Sendable, CaseIterable {
  case sha256 = "SHA256"
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
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let digit = UInt8(word >> shift & 0xF)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }
}
