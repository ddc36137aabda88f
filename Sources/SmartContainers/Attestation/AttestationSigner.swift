import Git
import History
import Provenance

/// Signs statements with the key of the settings, without what SSH adds for itself, so that every
/// reader of DSSE can check them.
struct AttestationSigner: Sendable {
  private let signer: GitSigner

  /// - Parameter signer: that of the settings.
  /// - Throws: `SmartContainersError` when no key is configured.
  init(_ signer: GitSigner?) throws(SmartContainersError) {
    guard let signer else {
      throw SmartContainersError(
        .failed, "no key is configured to sign attestations with",
        hint: "Name one, which ssh-keygen makes: sc config set signing.key ~/.ssh/id_ed25519")
    }
    self.signer = signer
  }

  /// Signs statements; it blocks, and may ask for a passphrase once.
  ///
  /// - Throws: `SmartContainersError`.
  func sign(_ statements: [AttestationStatement]) throws(SmartContainersError) -> [Attestation] {
    guard !statements.isEmpty else { return [] }
    do {
      let raw = try RawSigner(signer)
      return try statements.map { statement throws(GitError) in
        let payload = statement.bytes
        let signature = try raw.sign(SignedEnvelope.signedBytes(of: payload))
        let envelope = SignedEnvelope(
          payload,
          signatures: [SignedEnvelope.Signature(keyID: raw.key.keyID, bytes: signature)])
        return Attestation(statement, envelope)
      }
    } catch {
      throw SmartContainersError(
        .failed, "nothing is attested: \(error.message)",
        hint: "sc config set signing.key names another key: the path of one of SSH.", cause: error)
    }
  }
}
