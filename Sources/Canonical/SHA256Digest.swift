import Crypto

/// A SHA-256 digest (FIPS 180-4).
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
  /// The digest in 64 lower-case hexadecimal digits.
  public let hexadecimal: String

  /// The digest in the form that engines and registries use: `sha256:` and the digits.
  public var description: String { "sha256:" + hexadecimal }

  /// The digest of those bytes.
  public init(of bytes: some Sequence<UInt8>) {
    var hasher = SHA256Hasher()
    hasher.update(Array(bytes))
    self = hasher.finalize()
  }

  /// Reads `sha256:` and 64 hexadecimal digits, or the digits alone; nil when it is neither.
  public init?(_ text: String) {
    let digits = text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
    guard digits.utf8.count == 64,
      digits.utf8.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      })
    else { return nil }
    hexadecimal = String(digits)
  }

  /// Reads an `ni:` IRI of SHA-256 (RFC 6920): `ni:///sha-256;` and 43 characters of base64url.
  public init?(namingInformation iri: String) {
    let prefix = "ni:///sha-256;"
    guard iri.hasPrefix(prefix) else { return nil }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var bits: UInt32 = 0
    var bitCount = 0
    var bytes: [UInt8] = []
    for character in iri.utf8.dropFirst(prefix.utf8.count) {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        bits &= (1 << UInt32(bitCount)) - 1
      }
    }
    guard bytes.count == 32 else { return nil }
    hexadecimal = bytes.hexadecimal
  }

  fileprivate init(hexadecimal: String) { self.hexadecimal = hexadecimal }
}

/// Takes the SHA-256 of bytes as they pass.
public struct SHA256Hasher: Sendable {
  private var hash = SHA256()

  /// The number of bytes that passed.
  public private(set) var byteCount: Int64 = 0

  public init() {}

  /// Takes the next bytes.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    byteCount += Int64(bytes.count)
    let isDone: Void? = bytes.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isDone == nil {
      Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
  }

  /// The digest of all bytes so far.
  public func finalize() -> SHA256Digest {
    SHA256Digest(hexadecimal: hash.finalize().hexadecimal)
  }
}
