import Canonical
import Crypto

/// What stands in a record for a secret: equal for equal secrets under one key, and telling
/// nothing of them without it.
package struct Commitment: Sendable, Hashable, CustomStringConvertible {
  /// A short name of the key; commitments under different keys cannot be compared. Nil when no
  /// key was used, and nothing can be compared.
  package let keyID: String?

  /// The HMAC-SHA-256 (RFC 2104) of the secret; empty without a key.
  package let code: String

  package var description: String {
    keyID.map { "\(Self.prefix)\($0):\(code)" } ?? Self.unkeyed
  }

  static let prefix = "redacted:hmac-sha256:"
  static let unkeyed = "redacted:unkeyed"

  init(to secret: String, key: [UInt8]?) {
    guard let key else {
      keyID = nil
      code = ""
      return
    }
    keyID = Self.keyID(of: key)
    code = Self.code(of: "secret:" + secret, key: key)
  }

  /// Reads a commitment; nil when the text is none.
  package init?(_ text: some StringProtocol) {
    if text == Self.unkeyed {
      keyID = nil
      code = ""
      return
    }
    guard text.hasPrefix(Self.prefix) else { return nil }
    let parts = text.dropFirst(Self.prefix.count).split(
      separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 8, parts[1].utf8.count == 64,
      parts.joined().utf8.allSatisfy({ $0.isASCIIDigit || (0x61...0x66).contains($0) })
    else { return nil }
    keyID = String(parts[0])
    code = String(parts[1])
  }

  static func keyID(of key: [UInt8]) -> String { String(code(of: "key id", key: key).prefix(8)) }

  private static func code(of text: String, key: [UInt8]) -> String {
    HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key))
      .hexadecimal
  }
}

extension Commitment {
  /// The commitments within a text, in their order.
  package static func all(in text: String) -> [Commitment] { split(text).commitments }

  /// The commitments within a text, and the text with a mark in the place of each.
  static func split(_ text: String) -> (commitments: [Commitment], rest: [UInt8]) {
    let bytes = Array(text.utf8)
    var commitments: [Commitment] = []
    var rest: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let (commitment, length) = commitment(in: bytes, at: index) {
        commitments.append(commitment)
        rest.append(0)
        index += length
      } else {
        rest.append(bytes[index])
        index += 1
      }
    }
    return (commitments, rest)
  }

  /// The commitment that starts there, and its length in bytes.
  package static func commitment(in bytes: [UInt8], at index: Int) -> (Commitment, Int)? {
    guard bytes[index] == UInt8(ascii: "r") else { return nil }
    let full = prefix.utf8.count + 8 + 1 + 64
    for length in [full, unkeyed.utf8.count] where index + length <= bytes.count {
      let text = String(decoding: bytes[index..<index + length], as: UTF8.self)
      if let commitment = Commitment(text) { return (commitment, length) }
    }
    return nil
  }
}
