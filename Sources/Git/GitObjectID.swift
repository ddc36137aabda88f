import CGit2
import Crypto

/// The id of a git object: a SHA-1.
package struct GitObjectID: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  init(_ raw: git_oid) { self = withUnsafeBytes(of: raw) { Self(twentyBytes: $0) } }

  init(_ digest: Insecure.SHA1.Digest) {
    self = digest.withUnsafeBytes { Self(twentyBytes: $0) }
  }

  private init(twentyBytes bytes: UnsafeRawBufferPointer) {
    first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
  }

  /// Reads 40 hexadecimal digits; nil when they are none.
  package init?(_ text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 40 else { return nil }
    var raw = git_oid()
    let code = digits.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { git_oid_fromstrn(&raw, $0.baseAddress, 40) }
    }
    guard code == 0 else { return nil }
    self.init(raw)
  }

  /// Takes the 20 bytes of an id; nil when there are not as many.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 20 else { return nil }
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw) { $0.copyBytes(from: bytes) }
    self.init(raw)
  }

  /// In the order of the digits.
  package static func < (left: Self, right: Self) -> Bool {
    (left.first.bigEndian, left.second.bigEndian, left.third.bigEndian)
      < (right.first.bigEndian, right.second.bigEndian, right.third.bigEndian)
  }

  var raw: git_oid {
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw) {
      $0.storeBytes(of: first, toByteOffset: 0, as: UInt64.self)
      $0.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
      $0.storeBytes(of: third, toByteOffset: 16, as: UInt32.self)
    }
    return raw
  }

  /// The 20 bytes.
  var bytes: [UInt8] { withUnsafeBytes(of: raw) { Array($0) } }

  /// The id in 40 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(40)
    withUnsafeBytes(of: raw) { bytes in
      for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 0xF)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
