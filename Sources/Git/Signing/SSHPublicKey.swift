import Canonical
import Crypto

/// The public half of an SSH key that can sign any bytes as they are.
package struct SSHPublicKey: Sendable, Hashable {
  /// The keys that DSSE's readers know, and what each consists of.
  enum Kind: Sendable, Hashable {
    case ed25519([UInt8])

    /// ECDSA on P-256: the point, uncompressed.
    case p256([UInt8])
    case rsa(exponent: [UInt8], modulus: [UInt8])
  }

  /// As agents and files have it (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4).
  package let blob: [UInt8]
  let kind: Kind

  /// Reads a key.
  ///
  /// - Throws: `GitError` for what is none, and for keys that cannot sign bytes as they are.
  package init(blob: [UInt8]) throws(GitError) {
    var message = SSHMessage(blob)
    guard let name = message.text() else { throw Self.unreadable }
    let kind: Kind?
    switch name {
    case "ssh-ed25519": kind = message.string().map { .ed25519($0) }
    case "ecdsa-sha2-nistp256":
      kind = message.text() == "nistp256" ? message.string().map { .p256($0) } : nil
    case "ssh-rsa":
      let (exponent, modulus) = (message.integer(), message.integer())
      if let exponent, let modulus {
        kind = .rsa(exponent: exponent, modulus: modulus)
      } else {
        kind = nil
      }
    case _ where name.hasPrefix("sk-"):
      throw Self.refused(
        "\(name) is a key of a security token, which signs other bytes than it is given")
    default: throw Self.refused("\(name) is none of ssh-ed25519, ecdsa-sha2-nistp256 and ssh-rsa")
    }
    guard let kind, message.isAtEnd else { throw Self.unreadable }
    self.blob = blob
    self.kind = kind
  }

  /// Reads the line of a file: `ssh-ed25519 AAAA… ada@lab`.
  ///
  /// - Throws: `GitError`, as for bytes.
  package init(line: String) throws(GitError) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.count >= 2, let blob = Base64.decode(String(words[1])) else {
      throw Self.unreadable
    }
    try self.init(blob: blob)
    var message = SSHMessage(blob)
    guard message.text() == String(words[0]) else { throw Self.unreadable }
  }

  /// What `ssh-keygen -l` shows: `SHA256:…`.
  package var fingerprint: String {
    "SHA256:" + Base64.encode(SHA256.hash(data: blob)).prefix { $0 != "=" }
  }

  private static var unreadable: GitError { refused("it cannot be read") }

  private static func refused(_ why: String) -> GitError {
    GitError(code: .unsigned, call: "sign", message: "this is no key for attestations: \(why)")
  }
}
