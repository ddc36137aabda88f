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

  /// Nothing was pushed yet: this content comes with the commits, and goes first.
  case wantsContent([ContentPointer])
}

extension HistoryRepository {
  /// Brings the branch to a remote, where the remote's one is an ancestor.
  ///
  /// - Parameters:
  ///   - upstream: the remote and its branch.
  ///   - program: the user's git, which makes packs; nil where there is none.
  ///   - contentIsThere: whether content that the commits point to was seen to.
  ///   - isDryRun: whether it is only asked where its branch is.
  ///   - check: sees what is to be pushed, as git's hook `pre-push` does (githooks(5)), and refuses
  ///     it by throwing.
  /// - Throws: `HistoryError`, of code `noSuchRevision` when there is nothing to push; what the
  ///   connector or `report` threw.
  package func push(
    to upstream: Upstream, over connector: any GitConnector, with program: GitProgram?,
    contentIsThere: (LargeContent) -> Bool = { _ in true }, isDryRun: Bool = false,
    check: (_ line: String) throws -> Void,
    report: @escaping (GitProgress) throws -> Void
  ) throws -> PushResult {
    guard let tip = try tip() else {
      throw HistoryError(
        code: .noSuchRevision, message: "there is no operation yet that could be pushed",
        path: path)
    }
    let reference = Self.branches + upstream.branch
    var result = PushResult.upToDate
    var tracking: Result<Void, any Error>?
    do {
      let objections = try git.push(over: connector, with: program) {
        if isDryRun { return nil }
        // Nobody else gets what a power cut could still take from here.
        try checkpointWaiting()
        let there = try tracked(upstream.trackingReference)
        return there == tip ? nil : PackRequest([tip], without: there.map { [$0] } ?? [])
      } decide: { heads in
        let there = heads.first { $0.name == reference }?.id
        if there == tip { return [] }
        if let there, try !(isHere(there) && git.isAncestor(there, of: tip)) {
          result = .behind
          return []
        }
        let nothing = String(repeating: "0", count: 40)
        if !isDryRun {
          try check(
            "\(RepositoryLayout.reference) \(tip) \(reference) \(there?.description ?? nothing)\n")
        }
        let wanted = try pointers(
          newIn: tip, notIn: heads.filter { $0.name.hasPrefix(Self.branches) }.map(\.id)
        ).filter { !contentIsThere($0.content) }
        guard wanted.isEmpty else {
          result = .wantsContent(wanted)
          return []
        }
        result = .pushed(from: there.map(CommitID.init), to: CommitID(tip))
        if isDryRun { return [] }
        return [GitPushCommand(reference, from: there, to: tip)]
      } landed: { [self] commands in
        if commands.isEmpty { return }
        tracking = Result { try track(upstream.trackingReference, tip) }
      } report: {
        try report($0)
      }
      if let objection = objections[reference] {
        return .rejected(CommitMessage.line(objection))
      }
    } catch let error as GitError {
      throw explanation(of: error)
    }
    try tracking?.get()
    if case .upToDate = result, !isDryRun { try track(upstream.trackingReference, tip) }
    return result
  }

  private func isHere(_ commit: GitObjectID) throws(GitError) -> Bool {
    do throws(GitError) {
      _ = try git.byteCount(of: commit)
      return true
    } catch  where error.code == .notFound {
      return false
    }
  }
}
