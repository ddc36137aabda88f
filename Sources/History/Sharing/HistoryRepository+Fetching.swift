import Git

/// What became of a branch of a remote.
package struct FetchedBranch: Sendable, Equatable {
  /// Its name there, without `refs/heads/`.
  package let name: String

  /// Its last known commit before; nil when it was not known.
  package let old: CommitID?

  /// Its commit now; nil when it is gone there, and no longer known here.
  package let new: CommitID?

  /// Whether it lost commits there.
  package let isForced: Bool
}

/// What a fetch found.
package struct FetchedBranches: Sendable, Equatable {
  /// Those that are not where they were, by name.
  package let changes: [FetchedBranch]

  /// Whether the remote has none of those that were wanted.
  package let areMissing: Bool
}

extension HistoryRepository {
  /// The most branches that a remote may have.
  private static let branchLimit = 10_000

  /// Gets what a remote has and is not here, and moves its references here to where they are there.
  ///
  /// - Parameters:
  ///   - remote: its name.
  ///   - address: where it is.
  ///   - program: the user's git, which takes packs; nil where there is none.
  ///   - patience: how long it may take for the smallest pack.
  ///   - branch: the only one that is wanted; nil for all.
  ///   - prunes: whether branches that are gone there are forgotten here.
  ///   - isDryRun: whether it is only asked.
  /// - Throws: `HistoryError`, what the connector or `report` threw.
  package func fetch(
    _ remote: String, from address: String, over connector: any GitConnector,
    with program: GitProgram?, patience: Duration, only branch: String? = nil,
    prunes: Bool = false, isDryRun: Bool = false,
    report: @escaping (GitProgress) throws -> Void
  ) throws -> FetchedBranches {
    let heads: [GitRemoteHead]
    do {
      heads =
        isDryRun
        ? try Self.branches(among: git.references(of: address, over: connector), only: branch)
        : try receive(from: address, over: connector, with: program, patience, only: branch, report)
    } catch let error as GitError {
      throw explanation(of: error)
    }
    let prefix = "refs/remotes/\(remote)/"
    // First, for a branch may stand where another one had a folder.
    var changes = prunes ? try prune(prefix, besides: heads, isDryRun) : []
    for head in heads {
      let name = String(head.name.dropFirst(Self.branches.count))
      let old = try tracked(prefix + name)
      guard old != head.id else { continue }
      let isForced = old.map { !isDryRun && !isKnownAncestor($0, of: head.id) }
      if !isDryRun { try track(branch: name, of: remote, head.id) }
      changes.append(
        FetchedBranch(
          name: name, old: old.map(CommitID.init), new: CommitID(head.id),
          isForced: isForced ?? false))
    }
    return FetchedBranches(changes: changes, areMissing: heads.isEmpty)
  }

  /// The branches that a remote has.
  package func branches(
    at address: String, over connector: any GitConnector
  ) throws -> [String] {
    do {
      return try Self.branches(among: git.references(of: address, over: connector), only: nil)
        .map { String($0.name.dropFirst(Self.branches.count)) }
    } catch let error as GitError {
      throw explanation(of: error)
    }
  }

  /// Gets what a remote has and is not here, synced and inspected. No reference moves.
  private func receive(
    from address: String, over connector: any GitConnector, with program: GitProgram?,
    _ patience: Duration, only branch: String?, _ report: @escaping (GitProgress) throws -> Void
  ) throws -> [GitRemoteHead] {
    // What comes may build on what was committed here: then all of it is safe together.
    try checkpointWaiting()
    let isAllSynced = try areTrackedCommitsSynced()
    let (heads, pack) = try git.fetch(
      from: address, over: connector, with: program, patience: patience,
      // What a new history begins with is looked at as a whole by whoever verifies it.
      isStrict: try tip() != nil,
      choose: { try Self.branches(among: $0, only: branch) }, report: report)
    let packs = PackFolder(folder: layout.packs)
    try packs.sync()
    try reading("the packs") { () throws(GitError) in try git.refresh() }
    do throws(HistoryError) {
      let base = try tip()
      for id in Set(heads.map(\.id)) {
        var inspection = HistoryInspection(self)
        try inspection.inspect(CommitID(id), joining: base)
      }
    } catch {
      if let pack { try packs.remove([pack]) }
      try reading("the packs") { () throws(GitError) in try git.refresh() }
      throw error
    }
    if isAllSynced { try noteSynced(heads.map(\.id)) }
    // From here on it may be made one with other packs.
    if let pack { try packs.folder.remove(pack + ".keep") }
    return heads
  }

  /// The branches among what a remote has.
  private static func branches(
    among heads: [GitRemoteHead], only branch: String?
  ) throws -> [GitRemoteHead] {
    let found = heads.filter { head in
      branch.map { head.name == branches + $0 } ?? head.name.hasPrefix(branches)
    }
    guard found.count <= branchLimit else {
      throw HistoryError(
        code: .refused, message: "the remote has \(found.count) branches; no history has as many")
    }
    for head in found { try OperationRecord.validate(path: head.name) }
    return found
  }

  private func prune(
    _ prefix: String, besides heads: [GitRemoteHead], _ isDryRun: Bool
  ) throws(HistoryError) -> [FetchedBranch] {
    let there = Set(heads.map { prefix + $0.name.dropFirst(Self.branches.count) })
    var gone: [FetchedBranch] = []
    let known = try reading("the references") { () throws(GitError) in
      try git.references(matching: prefix + "*")
    }
    for name in known where !there.contains(name) && name != prefix + "HEAD" {
      let old = try tracked(name)
      if !isDryRun {
        try writing(name) { () throws(GitError) in try git.removeReference(name) }
      }
      gone.append(
        FetchedBranch(
          name: String(name.dropFirst(prefix.count)), old: old.map(CommitID.init), new: nil,
          isForced: false))
    }
    return gone
  }

  /// Where a branch of a remote was last seen; nil also where that was damaged, for a fetch tells it
  /// anew.
  func tracked(_ reference: String) throws(HistoryError) -> GitObjectID? {
    do throws(GitError) {
      return try git.target(ofReference: reference)
    } catch  where error.category != .system {
      return nil
    } catch {
      return try reading(reference) { () throws(GitError) in throw error }
    }
  }

  /// Whether what a remote had is in what it has; damage of either says no.
  private func isKnownAncestor(_ old: GitObjectID, of new: GitObjectID) -> Bool {
    (try? git.isAncestor(old, of: new)) ?? false
  }

  /// Notes where a branch is that was fetched.
  private func track(
    branch: String, of remote: String, _ commit: GitObjectID
  ) throws(HistoryError) {
    do throws(HistoryError) {
      try track("refs/remotes/\(remote)/\(branch)", commit)
    } catch  where error.code == .io {
      throw HistoryError(
        code: .refused,
        message: "branch \(CommitMessage.line(branch)) of \(remote) cannot be noted here, "
          + "where another may stand in its way (sc fetch --prune): \(error.message)",
        underlying: error)
    }
  }

  /// Notes where a branch of a remote is.
  func track(_ reference: String, _ commit: GitObjectID) throws(HistoryError) {
    if try tracked(reference) == nil { try? git.removeReference(reference) }
    try writing(reference) { () throws(GitError) in
      try git.setReference(reference, to: commit, log: "sc: fetch")
    }
  }

  /// What libgit2 has against a remote, or what came from it.
  func explanation(of error: GitError) -> HistoryError {
    if error.category == .system, let refusal = layout.root.reasonForRefusal() {
      return HistoryError(
        code: refusal.code, message: "cannot write what came: \(refusal.message)", path: path,
        underlying: error)
    }
    return HistoryError(
      code: .refused, message: "the remote and we do not understand each other: \(error.message)",
      underlying: error)
  }
}
