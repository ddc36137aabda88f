import Canonical
import History
import Provenance

extension HistoryReader {
  /// Attests activities, each in an envelope of its own.
  ///
  /// The same activity and key give the same bytes, but for keys of ECDSA, whose signatures are
  /// random.
  ///
  /// - Parameter words: activities, revisions, images, of which the last activity is meant that made
  ///   them, or containers, of which the last activity of all is.
  /// - Throws: `SmartContainersError` for what is of another kind, did not succeed, or made nothing,
  ///   and where no key can sign; then nothing is attested.
  public func attest(_ words: [String], _ places: ClientPlaces) async throws -> [Attestation] {
    let (signer, statements) = try await read { history in
      (
        try AttestationSigner(
          HistoryStore.configuration(of: history, places).signer(places.environment)),
        try words.map { try history.statement(meantBy: $0) }
      )
    }
    return try await BlockingWork.run { try signer.sign(statements) }
  }
}

extension HistoryRepository {
  fileprivate func statement(meantBy word: String) throws -> AttestationStatement {
    guard case .configured(let item) = try subject(named: word), item.path.hasPrefix("images/")
    else {
      let (id, commit) = try activity(meantBy: word)
      return try statement(of: id, in: commit)
    }
    // What uses an image says nothing of how it came to be.
    var walk = try walk()
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      guard let operation = record.operation, AttestationStatement.builds.contains(operation),
        record.outcome == "succeeded", let id = record.activity.flatMap({ ActivityID($0) })
      else { continue }
      let statement = try statement(of: id, in: entry.id)
      if statement.subjects.contains(where: {
        $0.digest.map { Snapshot.path(image: $0) } == item.path
      }) {
        return statement
      }
    }
    throw SmartContainersError(
      .failed, "nothing can be attested: no activity of this history made \(item.title)")
  }

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
