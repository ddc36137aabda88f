import Crypto
import CryptoExtras

extension SSHPublicKey {
  /// Whether a signature over those bytes is this key's: 64 bytes of Ed25519, DER of ECDSA with
  /// SHA-256, or PKCS #1 v1.5 of RSA with SHA-256.
  package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    switch kind {
    case .ed25519(let bytes):
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
      return key?.isValidSignature(signature, for: message) ?? false
    case .p256(let point):
      guard let key = try? P256.Signing.PublicKey(x963Representation: point),
        let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
      else { return false }
      return key.isValidSignature(signature, for: message)
    case .rsa(let exponent, let modulus):
      guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else { return false }
      return key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: message,
        padding: .insecurePKCS1v1_5)
    }
  }

  /// What an agent is to be told: that RSA goes with SHA-256 (draft-miller-ssh-agent, 6.1).
  var agentFlags: UInt32 { if case .rsa = kind { 2 } else { 0 } }

  /// The signature in an agent's answer; nil for one of another kind.
  func signature(inAnswer bytes: [UInt8]) -> [UInt8]? {
    var message = SSHMessage(bytes)
    guard let name = message.text(), let content = message.string() else { return nil }
    switch (kind, name) {
    case (.ed25519, "ssh-ed25519"): return content
    case (.rsa(_, let modulus), "rsa-sha2-256"):
      // Zeros in front are part of it (RFC 8017, 8.2.1), and some agents leave them out.
      guard content.count <= modulus.count else { return nil }
      return Array(repeating: 0, count: modulus.count - content.count) + content
    case (.p256, "ecdsa-sha2-nistp256"):
      var numbers = SSHMessage(content)
      guard let r = numbers.integer(), let s = numbers.integer() else { return nil }
      return DER.sequence(DER.integer(r), DER.integer(s))
    default: return nil
    }
  }
}
