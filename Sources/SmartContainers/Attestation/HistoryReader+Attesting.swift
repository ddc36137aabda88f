import Canonical
import History
import Provenance

extension HistoryReader {
  /// Attests activities, each in an envelope of its own.
  ///
  /// The same activity and key give the same bytes, but for keys of ECDSA, whose signatures are
  /// random.
  ///
  /// - Parameter words: activities, revisions, or containers and images, of which the last activity
  ///   is meant.
  /// - Throws: `SmartContainersError` for what is of another kind, did not succeed, or made nothing,
  ///   and where no key can sign; then nothing is attested.
  public func attest(_ words: [String], _ places: ClientPlaces) async throws -> [Attestation] {
    let (signer, statements) = try await read { history in
      (
        try AttestationSigner(
          HistoryStore.configuration(of: history, places).signer(places.environment)),
        try words.map { word in
          let (id, commit) = try history.activity(meantBy: word)
          return try history.statement(of: id, in: commit)
        }
      )
    }
    return try await BlockingWork.run { try signer.sign(statements) }
  }
}

extension HistoryRepository {
  /// What is to be attested of an activity.
  ///
  /// - Throws: `SmartContainersError` where nothing is.
  func statement(of id: ActivityID, in commit: CommitID) throws -> AttestationStatement {
    guard let bytes = try activityDocument(id, in: commit) else {
      throw HistoryError(
        code: .corrupt, message: "commit \(commit) names activity \(id) and does not have it")
    }
    let activity: ActivityDocument
    do throws(ActivityDocumentError) {
      activity = try ActivityDocument(parsing: bytes)
    } catch {
      throw HistoryError(code: .corrupt, message: "activity \(id): \(error)")
    }
    do throws(AttestationError) {
      return try AttestationStatement(of: activity, document: bytes)
    } catch {
      throw SmartContainersError(
        .failed, "nothing can be attested: \(error.message)",
        hint: error.code == .kind
          ? "What is attested is of the kinds \(Attestation.kinds.joined(separator: ", "))." : nil,
        cause: error)
    }
  }
}
