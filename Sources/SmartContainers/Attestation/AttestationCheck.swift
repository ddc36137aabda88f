import Canonical
import Git
import History
import Provenance

/// What is found when one envelope is checked.
struct AttestationCheck: Sendable {
  /// The attestation; nil where it cannot be read.
  private(set) var attestation: Attestation?
  private(set) var statement: AttestationStatement?

  /// Who signed, and the fingerprint of the key; nil where that was not found out.
  private(set) var signer: String?
  private(set) var key: String?

  /// Whether there was anybody to hold the signature against.
  let isSignatureChecked: Bool

  /// Whether the key is nobody's who is known.
  private(set) var isUnknownSigner = false

  /// Whether the history has the activity.
  private(set) var isInHistory = false

  /// What is wrong, a clause each.
  private(set) var problems: [String] = []

  /// - Parameters:
  ///   - signers: those whose signatures count; nil where nobody is known.
  ///   - history: that the activity is looked for in; nil for none.
  init(
    _ line: some Collection<UInt8>, _ signers: AllowedSigners?, _ history: HistoryRepository?
  ) throws {
    isSignatureChecked = signers != nil
    let envelope: SignedEnvelope
    let statement: AttestationStatement
    do throws(AttestationError) {
      envelope = try SignedEnvelope(parsing: line)
      statement = try AttestationStatement(parsing: envelope.payload)
    } catch {
      problems.append(error.message)
      // That it was altered says more than what is unreadable in it.
      if let envelope = try? SignedEnvelope(parsing: line) {
        checkSignature(envelope, signers, nil)
      }
      return
    }
    self.statement = statement
    attestation = Attestation(statement, envelope)
    checkSignature(envelope, signers, statement.endedAt)
    if let history { try compare(statement, with: history) }
  }

  private mutating func checkSignature(
    _ envelope: SignedEnvelope, _ signers: AllowedSigners?, _ time: Timestamp?
  ) {
    guard let signers else { return }
    let bytes = SignedEnvelope.signedBytes(of: envelope.payload)
    for signature in envelope.signatures {
      switch signers.verdict(
        on: signature.bytes, of: bytes, keyID: signature.keyID, at: time?.secondsSince1970)
      {
      case .good(let name, let key): (signer, self.key) = (name, key)
      case .unknownSigner: isUnknownSigner = true
      case .bad(let why): problems.append(why)
      case .unsigned, .unchecked: break
      }
    }
    // One known signature is enough.
    if signer != nil { isUnknownSigner = false }
  }

  private mutating func compare(
    _ statement: AttestationStatement, with history: HistoryRepository
  ) throws {
    guard let id = statement.activity.flatMap({ ActivityID($0) }),
      let commit = try history.commit(of: id)
    else { return }
    isInHistory = true
    let recorded: AttestationStatement
    do {
      recorded = try history.statement(of: id, in: commit)
    } catch let error as SmartContainersError {
      problems.append(error.message)
      return
    }
    if let record = statement.record, record != recorded.record {
      problems.append("the history has another document of activity \(id)")
    }
    if statement.kind != recorded.kind {
      problems.append("activity \(id) is of another kind")
      return
    }
    compare(statement.subjects, recorded.subjects, "made", id)
    compare(statement.materials, recorded.materials, "used", id)
    if problems.isEmpty, statement.endedAt != recorded.endedAt {
      problems.append("activity \(id) ended at another time")
    }
  }

  private mutating func compare(
    _ attested: [AttestedResource], _ recorded: [AttestedResource], _ verb: String,
    _ id: ActivityID
  ) {
    let (attested, recorded) = (Set(attested), Set(recorded))
    for resource in AttestedResource.sorted(Array(attested.subtracting(recorded))) {
      problems.append("activity \(id) \(verb) no \(resource.title)")
    }
    for resource in AttestedResource.sorted(Array(recorded.subtracting(attested))) {
      problems.append("it does not say that activity \(id) \(verb) \(resource.title)")
    }
  }
}

extension AttestedResource {
  fileprivate var title: String {
    [name, digest?.description ?? uri].compactMap { $0 }.joined(separator: " ")
  }
}
