import Canonical
import Git

/// What came of joining another history.
package enum MergeResult: Sendable, Equatable {
  /// All of it was here.
  case upToDate

  /// The branch had nothing of its own, and is where the other one is.
  case fastForward(from: CommitID?, to: CommitID)

  /// Both have a commit in common now.
  case merged(CommitID)
}

extension HistoryRepository {
  /// Joins another commit and all before it into the branch, and makes that survive a power cut.
  ///
  /// The two never conflict: see `HistoryMerge`. They need not have anything in common.
  /// - Parameters:
  ///   - subject: the first line of the message, where a commit is needed.
  ///   - author: who joins them.
  /// - Throws: `refused` when the other one is no history, or would change one here.
  package func merge(
    _ other: CommitID, subject: String, author: OperationRecord.Person,
    committer: OperationRecord.Person, at time: Timestamp
  ) throws(HistoryError) -> MergeResult {
    let deadline = ContinuousClock.now + limits.busy
    var attempts = 0
    while true {
      let base = try tip()
      var inspection = HistoryInspection(self)
      try inspection.inspect(other, joining: base)
      try requireHistory(other)
      let result: MergeResult
      var next = other.object
      if let base {
        if try isAncestor(other.object, of: base) { return .upToDate }
        if try isAncestor(base, of: other.object) {
          result = .fastForward(from: CommitID(base), to: other)
        } else {
          next = try join(base, other.object, subject, author, committer, time)
          result = .merged(CommitID(next))
        }
      } else {
        result = .fastForward(from: nil, to: other)
      }
      do throws(HistoryError) {
        try requireOwnSettings(from: base, in: next)
      } catch {
        // Nobody else makes this very commit.
        if next != other.object { git.removePack(of: next) }
        throw error
      }
      if try moveBranch(from: base, to: next, until: deadline) != nil {
        try checkpointWaiting()
        return result
      }
      if next != other.object { removeUnpublished(next, on: base) }
      attempts += 1
      try backOff(attempts, until: deadline)
    }
  }

  /// Refuses what is no history, such as a program's source: a wrong address is enough to get it.
  private func requireHistory(_ other: CommitID) throws(HistoryError) {
    for folder in [ActivityPath.root, "hosts"] {
      if try tree(at: folder, in: other) != nil { return }
    }
    throw HistoryError(
      code: .notHistory,
      message: "the other branch is no history: it has neither \(ActivityPath.root)/ nor hosts/")
  }

  /// Refuses what would change this machine's own settings: others have no say in what is redacted
  /// here, or how it is signed.
  private func requireOwnSettings(
    from base: GitObjectID?, in next: GitObjectID
  ) throws(HistoryError) {
    guard let base else { return }
    let folder = "hosts/\(try hostID())"
    let trees = try [base, next].map { (commit) throws(HistoryError) in
      try tree(at: folder, in: CommitID(commit))
    }
    guard trees[0] != trees[1] else { return }
    throw HistoryError(
      code: .refused,
      message: "the other history is refused: it changes this machine's own settings (\(folder))",
      path: path)
  }

  /// Whether a commit is another one or led to it.
  package func isAncestor(_ commit: CommitID, of other: CommitID) throws(HistoryError) -> Bool {
    try isAncestor(commit.object, of: other.object)
  }

  private func isAncestor(
    _ commit: GitObjectID, of other: GitObjectID
  ) throws(HistoryError) -> Bool {
    if commit == other { return true }
    return try reading(commit) { (commit) throws(GitError) in
      try git.isAncestor(commit, of: other)
    }
  }

  private func join(
    _ ours: GitObjectID, _ theirs: GitObjectID, _ subject: String,
    _ author: OperationRecord.Person, _ committer: OperationRecord.Person, _ time: Timestamp
  ) throws(HistoryError) -> GitObjectID {
    do throws(GitError) {
      var pack = GitPackDraft()
      let tree = try HistoryMerge(git, of: ours, and: theirs).writeTree(into: &pack)
      return try git.writeCommit(
        tree: tree, parents: [ours, theirs], author: author.signature(at: time),
        committer: committer.signature(at: time),
        message: CommitMessage(subject: subject, fields: []).text, signer: signer, with: pack)
    } catch {
      guard error.code != .invalidName else {
        throw HistoryError(
          code: .refused, message: "cannot be joined: \(error.message)", path: path,
          underlying: error)
      }
      // Says why where the disk is to blame.
      return try writing("the joint history") { () throws(GitError) in throw error }
    }
  }
}
