import Canonical

extension SSHPublicKey {
  /// The `keyid` of an envelope, as securesystemslib computes it: the SHA-256 of the key in
  /// canonical JSON, in hexadecimal digits.
  ///
  /// A reader that has the key finds the signature by it; it proves nothing.
  package var keyID: String {
    let (type, scheme) = names
    let text =
      "{\"keytype\":\"\(type)\",\"keyval\":{\"public\":\"\(publicText)\"},\"scheme\":\"\(scheme)\"}"
    return SHA256Digest(of: text.utf8).hexadecimal
  }

  private var names: (type: String, scheme: String) {
    switch kind {
    case .ed25519: ("ed25519", "ed25519")
    case .p256: ("ecdsa", "ecdsa-sha2-nistp256")
    // What an agent signs; it knows no PSS.
    case .rsa: ("rsa", "rsa-pkcs1v15-sha256")
    }
  }

  /// The digits of an Ed25519 key, the PEM of others.
  private var publicText: String {
    switch kind {
    case .ed25519(let bytes): bytes.hexadecimal
    case .p256(let point):
      Self.pem(
        DER.sequence(DER.sequence(DER.ellipticCurveKey, DER.p256), DER.bitString(point)))
    case .rsa(let exponent, let modulus):
      Self.pem(
        DER.sequence(
          DER.sequence(DER.rsaEncryption, DER.null),
          DER.bitString(DER.sequence(DER.integer(modulus), DER.integer(exponent)))))
    }
  }

  /// A SubjectPublicKeyInfo (RFC 5280) as text (RFC 7468).
  private static func pem(_ bytes: [UInt8]) -> String {
    var lines = ["-----BEGIN PUBLIC KEY-----"]
    var rest = Base64.encode(bytes)[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return (lines + ["-----END PUBLIC KEY-----", ""]).joined(separator: "\n")
  }
}
