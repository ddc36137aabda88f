import Canonical
import Git
import History
import Provenance

/// Where the attestations of an archive are: one file for each activity.
enum ArchivedAttestation {
  /// From the archive's folder.
  static let folder = "data/attestations/"

  /// That of an envelope of DSSE; a file has one.
  static let mediaType = "application/vnd.dsse.envelope.v1+json"

  private static let suffix = ".intoto.jsonl"

  /// Its path below `data/`; nil where it names no activity.
  static func path(of attestation: Attestation) -> String? {
    attestation.activity.flatMap { ActivityID($0) }.map { "attestations/\($0)\(suffix)" }
  }
}

extension ArchiveCreation {
  /// Attests the activities of the archive that can be: those that succeeded and made something.
  func attestations() async throws -> [Attestation] {
    let (signer, statements) = try await client.recorder.history.with { [selection] history in
      (
        try AttestationSigner(history.signer),
        try selection.entries.compactMap { entry in
          do {
            return try history.statement(of: entry.activity.id, in: entry.commit)
          } catch let error as SmartContainersError where error.cause is AttestationError {
            return nil
          }
        }
      )
    }
    return try await BlockingWork.run { try signer.sign(statements) }
  }
}

extension ArchiveFindings {
  /// Each attestation must be of an activity of the history that is in the archive, and say of it what
  /// the history and the index say.
  mutating func checkAttestations(
    _ documents: ArchiveDocuments, _ index: ArchiveIndex?, _ history: HistoryRepository,
    _ policy: VerificationPolicy
  ) throws -> [ArchiveReport.Attested] {
    let signers = try AttestationVerification.signers(policy.verifier.allowedSigners)
    var found: [ArchiveReport.Attested] = []
    for path in paths where path.hasPrefix(ArchivedAttestation.folder) {
      guard let bytes = documents[path] else {
        add("\(path) is too large to be an attestation")
        continue
      }
      let check = try AttestationCheck(
        bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], signers, history)
      for problem in check.problems { add("\(path): \(problem)") }
      guard let attestation = check.attestation else { continue }
      if ArchivedAttestation.path(of: attestation).map({ "data/" + $0 }) != path {
        add("\(path) is not named after its activity")
      } else if !check.isInHistory {
        add("\(path): the history does not have its activity")
      }
      checkFiles(of: attestation, index, path)
      if check.signer == nil, check.problems.isEmpty {
        let message =
          path
          + (check.isSignatureChecked
            ? ": it is signed by nobody who is allowed to"
            : ": its signature was not checked: nobody is known who may sign")
        if policy.requiresSignatures { add(message) } else { warn(message) }
      }
      found.append(
        ArchiveReport.Attested(
          path: path, activity: attestation.activity, signer: check.signer))
    }
    return found
  }

  /// The files that are attested must be those of the archive.
  private mutating func checkFiles(
    of attestation: Attestation, _ index: ArchiveIndex?, _ path: String
  ) {
    guard let run = index?.runs.first(where: { $0.activity == attestation.activity }) else {
      return
    }
    for subject in attestation.subjects {
      let file = run.outputs.first { $0.hostPath == subject.name }
      if let file, file.digest != subject.digest.description {
        add("\(path): \(subject.name) is not the one of data/\(ArchiveIndex.path)")
      }
    }
  }
}
