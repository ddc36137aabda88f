import Canonical
import Git
import Glibc
import SystemPackage

/// What a commit came to.
package struct CommitResult: Sendable, Equatable {
  /// The commit that was made, or the tip in which everything is already.
  package let id: CommitID

  /// Whether nothing had to be written.
  package let isAlreadyThere: Bool

  /// What had to be put right before; nil when nothing had.
  package var repair: HistoryRepair?
}

extension HistoryRepository {
  /// Commits a finished operation on the branch, unless the branch has it.
  ///
  /// Nothing is synced: the record must be safe in the journal until the next checkpoint.
  package func commit(_ record: OperationRecord) throws(HistoryError) -> CommitResult {
    try commit(try PendingCommit(record))
  }

  /// Commits a record again while the history is repaired.
  func commitAgain(_ record: OperationRecord) throws(HistoryError) -> CommitResult {
    try commitToWhole(try PendingCommit(record))
  }

  /// Commits this machine's configuration, and makes it survive a power cut at once: no
  /// journal has it.
  ///
  /// - Parameters:
  ///   - changes: files under `hosts/<host id>/`.
  ///   - committer: the account that does it; nil when that is the author.
  package func commitFiles(
    _ changes: [OperationRecord.Snapshot], subject: String,
    fields: [OperationRecord.Field] = [], author: OperationRecord.Person,
    committer: OperationRecord.Person? = nil, at time: Timestamp
  ) throws(HistoryError) -> CommitResult {
    let folder = "hosts/\(try hostID())/"
    for change in changes {
      try OperationRecord.validate(path: change.path)
      guard change.path.hasPrefix(folder) else {
        throw HistoryError(code: .invalid, message: "not under \(folder): \(change.path)")
      }
    }
    let result = try commit(
      PendingCommit(
        marker: nil, files: changes,
        message: CommitMessage(subject: subject, fields: fields).text,
        author: author.signature(at: time),
        committer: (committer ?? author).signature(at: time)))
    if !result.isAlreadyThere { try checkpointWaiting() }
    return result
  }

  /// Puts a commit on the branch, which is mended first when it turns out to be damaged.
  ///
  /// - Throws: what was found damaged, when the journal does not have what is lost.
  private func commit(_ pending: PendingCommit) throws(HistoryError) -> CommitResult {
    do throws(HistoryError) {
      return try commitToWhole(pending)
    } catch  where error.code == .corrupt {
      guard let repair = try? mend() else { throw error }
      var result = try commitToWhole(pending)
      result.repair = repair.isEmpty ? nil : repair
      return result
    }
  }

  /// Puts a commit on the branch: compares and swaps the reference, and tries again when
  /// another process was first.
  private func commitToWhole(_ pending: PendingCommit) throws(HistoryError) -> CommitResult {
    let deadline = ContinuousClock.now + limits.busy
    var attempts = 0
    while true {
      let base = try tip()
      let draft = try draft(of: pending, on: base)
      var pack = GitPackDraft()
      let tree = draft.write(into: &pack)
      if let base, tree == draft.base {
        return CommitResult(id: CommitID(base), isAlreadyThere: true)
      }
      if let id = try publish(pending, tree: tree, in: pack, on: base, until: deadline) {
        return CommitResult(id: CommitID(id), isAlreadyThere: false)
      }
      attempts += 1
      try backOff(attempts, until: deadline)
    }
  }

  /// Reads what the commit of an operation will need, while there is time; what fails shows then.
  ///
  /// - Parameter paths: of the snapshots that may come with it.
  package func readAhead(forCommitOf id: ActivityID, at time: Timestamp, with paths: [String]) {
    let activity = ActivityPath.path(of: id, startedAt: time)
    guard let tip = try? tip(), let tree = try? git.commit(tip).tree else { return }
    try? git.readAhead(tree: tree, for: [activity] + paths)
  }

  /// What a commit's tree becomes: what it was, when the operation is in it.
  private func draft(
    of pending: PendingCommit, on base: GitObjectID?
  ) throws(HistoryError) -> GitTreeDraft {
    guard let base else {
      return try reading("nothing") { () throws(GitError) in
        try pending.draft(GitTreeDraft(git, updating: nil))
      }
    }
    return try reading(base) { (base) throws(GitError) in
      try pending.draft(GitTreeDraft(git, updating: try git.commit(base).tree))
    }
  }

  /// Writes the commit and moves the branch to it; nil when the branch is elsewhere by now.
  private func publish(
    _ pending: PendingCommit, tree: GitObjectID, in pack: GitPackDraft, on base: GitObjectID?,
    until deadline: ContinuousClock.Instant
  ) throws(HistoryError) -> GitObjectID? {
    let id = try writing("a commit") { () throws(GitError) in
      try git.writeCommit(
        tree: tree, parents: base.map { [$0] } ?? [], author: pending.author,
        committer: pending.committer, message: pending.message, signer: signer,
        with: pack)
    }
    var isMoved = false
    defer { if !isMoved { removeUnpublished(id, on: base) } }
    isMoved = try moveBranch(from: base, to: id, until: deadline) != nil
    return isMoved ? id : nil
  }

  /// Removes a commit to which the branch was not moved, unless another process has made the very same
  /// and the branch has it, or may yet be moved to it because it is still where it was.
  func removeUnpublished(_ commit: GitObjectID, on base: GitObjectID?) {
    guard let tip = try? tip(), tip != base, tip != commit,
      (try? git.isAncestor(commit, of: tip)) == false
    else { return }
    git.removePack(of: commit)
  }

  /// Sleeps for a random time, longer after each attempt, up to 50 ms.
  func backOff(
    _ attempts: Int, until deadline: ContinuousClock.Instant
  ) throws(HistoryError) {
    guard ContinuousClock.now < deadline else {
      throw HistoryError(
        code: .busy,
        message: "others keep the history busy; if none is at work, a killed one left the file",
        path: path.pushing(FilePath(RepositoryLayout.reference + ".lock")))
    }
    let longest = min(50_000, 500 << min(attempts, 8))
    usleep(UInt32.random(in: 200...UInt32(longest)))
  }
}

/// A commit in the making.
private struct PendingCommit {
  /// The file that says that the commit is there already.
  let marker: String?
  let files: [OperationRecord.Snapshot]
  let message: String
  let author: GitSignature
  let committer: GitSignature

  /// Puts and removes the files, unless that was done.
  func draft(_ draft: GitTreeDraft) throws(GitError) -> GitTreeDraft {
    if let marker, try draft.contains(marker) { return draft }
    for file in files {
      if let content = file.content {
        try draft.put(content, at: file.path)
      } else {
        try draft.remove(file.path)
      }
    }
    return draft
  }
}

extension PendingCommit {
  init(_ record: OperationRecord) throws(HistoryError) {
    try record.validate()
    let document = OperationRecord.Snapshot(path: record.activityPath, content: record.document)
    self.init(
      marker: record.activityPath, files: record.snapshots + [document],
      message: CommitMessage(subject: record.subject, fields: record.fields).text,
      author: record.author.signature(at: record.endedAt),
      committer: record.committer.signature(at: record.endedAt))
  }
}

extension OperationRecord.Person {
  func signature(at time: Timestamp) -> GitSignature {
    GitSignature(
      name: CommitMessage.identity(name), email: CommitMessage.identity(email),
      seconds: time.secondsSince1970)
  }
}
