import Git

/// What came of pushing the branch.
package enum PushResult: Sendable, Equatable {
  /// The remote has all of it.
  case upToDate

  /// The remote's branch is where ours is; it was not there before where `from` is nil.
  case pushed(from: CommitID?, to: CommitID)

  /// The remote has what is not here: fetch, and join it.
  case behind

  /// The remote said no.
  case rejected(String)
}

extension HistoryRepository {
  /// Brings the branch to a remote, where the remote's one is an ancestor.
  ///
  /// - Parameters:
  ///   - upstream: the remote and its branch.
  ///   - address: where it is.
  ///   - isDryRun: whether it is only asked where its branch is.
  /// - Throws: `HistoryError`, of code `noSuchRevision` when there is nothing to push; what the
  ///   connector or `report` threw.
  package func push(
    to upstream: Upstream, at address: String, over connector: any GitConnector,
    isDryRun: Bool = false, report: @escaping (GitProgress) throws -> Void
  ) throws -> PushResult {
    guard let tip = try tip() else {
      throw HistoryError(
        code: .noSuchRevision, message: "there is no operation yet that could be pushed",
        path: path)
    }
    // Nobody else gets what a power cut could still take from here.
    if !isDryRun { try checkpointWaiting() }
    let reference = Self.branches + upstream.branch
    do {
      let heads = try git.references(of: address, over: connector)
      let there = heads.first { $0.name == reference }?.id
      if there == tip {
        try track(upstream.trackingReference, tip)
        return .upToDate
      }
      if let there, (try? git.isAncestor(there, of: tip)) != true { return .behind }
      let result = PushResult.pushed(from: there.map(CommitID.init), to: CommitID(tip))
      if isDryRun { return result }
      let objections = try git.push(
        [reference: RepositoryLayout.reference], to: address, over: connector, report: report)
      if let objection = objections[reference] {
        return .rejected(CommitMessage.line(objection))
      }
      try track(upstream.trackingReference, tip)
      return result
    } catch let error as GitError where error.code == .notFastForward {
      return .behind
    } catch let error as GitError {
      throw explanation(of: error)
    }
  }
}
