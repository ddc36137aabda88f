import Crypto

/// Takes several digests of bytes as they pass.
struct BagHasher {
  private let algorithms: [BagAlgorithm]
  private var md5: Insecure.MD5?
  private var sha1: Insecure.SHA1?
  private var sha224: SHA224?
  private var sha256: SHA256?
  private var sha384: SHA384?
  private var sha512: SHA512?

  init(_ wanted: Set<BagAlgorithm>) {
    algorithms = wanted.sorted()
    if wanted.contains(.md5) { md5 = Insecure.MD5() }
    if wanted.contains(.sha1) { sha1 = Insecure.SHA1() }
    if wanted.contains(.sha224) { sha224 = SHA224() }
    if wanted.contains(.sha256) { sha256 = SHA256() }
    if wanted.contains(.sha384) { sha384 = SHA384() }
    if wanted.contains(.sha512) { sha512 = SHA512() }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    md5?.update(bufferPointer: bytes)
    sha1?.update(bufferPointer: bytes)
    sha224?.update(bytes)
    sha256?.update(bufferPointer: bytes)
    sha384?.update(bufferPointer: bytes)
    sha512?.update(bufferPointer: bytes)
  }

  func finalize() -> BagDigests {
    var bytes: [UInt8] = []
    for algorithm in algorithms {
      switch algorithm {
      case .md5: if let md5 { bytes += Array(md5.finalize()) }
      case .sha1: if let sha1 { bytes += Array(sha1.finalize()) }
      case .sha224: if let sha224 { bytes += sha224.finalize() }
      case .sha256: if let sha256 { bytes += Array(sha256.finalize()) }
      case .sha384: if let sha384 { bytes += Array(sha384.finalize()) }
      case .sha512: if let sha512 { bytes += Array(sha512.finalize()) }
      }
    }
    return BagDigests(bytes, algorithms)
  }
}
