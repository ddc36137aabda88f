import Git

extension HistoryRepository {
  /// The newest commit; nil when there is none yet.
  package func head() throws(HistoryError) -> CommitID? { try tip().map(CommitID.init) }

  func commitOrHead(_ commit: CommitID?) throws(HistoryError) -> CommitID? {
    if let commit { return commit }
    return try head()
  }

  /// The commit that a revision names (gitrevisions(7)): `HEAD~2`, an id, a unique prefix …
  ///
  /// - Throws: `noSuchRevision`, or `ambiguous` for a prefix of several.
  package func resolve(_ revision: String) throws(HistoryError) -> CommitID {
    do throws(GitError) {
      return CommitID(try git.commit(atRevision: revision))
    } catch {
      let shown = CommitMessage.line(revision)
      switch error.code {
      case .ambiguous where revision.count >= 4:
        throw HistoryError(
          code: .ambiguous, message: "more than one commit begins with '\(shown)'", path: path,
          underlying: error)
      case .mismatch: throw HistoryError(error, "read '\(shown)'", path)
      default:
        // Even an id whose object is damaged is answered as "not found" by libgit2.
        throw HistoryError(
          code: .noSuchRevision, message: "there is no revision '\(shown)'", path: path,
          underlying: error)
      }
    }
  }

  /// One commit of the log.
  package func entry(_ commit: CommitID) throws(HistoryError) -> LogEntry {
    LogEntry(try reading(commit.object) { (id) throws(GitError) in try git.commit(id) })
  }

  /// A commit, for its signature.
  package func signedCommit(_ commit: CommitID) throws(HistoryError) -> SignedCommit {
    try reading(commit.object) { (id) throws(GitError) in try git.signedCommit(id) }
  }

  /// The bytes of a file as of a commit; nil when it had none, or a folder, there.
  package func file(
    at path: String, in commit: CommitID
  ) throws(HistoryError) -> [UInt8]? {
    guard let entry = try treeEntry(at: path, in: commit), !entry.isTree else { return nil }
    return try reading(entry.id) { (id) throws(GitError) in try git.object(id).bytes }
  }

  /// The paths of all files below a folder as of a commit, sorted; all of them for `""`.
  package func paths(
    under folder: String, in commit: CommitID
  ) throws(HistoryError) -> [String] {
    let tree = try tree(at: folder, in: commit)
    let prefix = folder.isEmpty ? "" : folder + "/"
    guard let tree else { return [] }
    let changes = try reading(tree) { (id) throws(GitError) in
      try git.changes(from: nil, to: id)
    }
    return changes.map { prefix + $0.path }
  }

  /// The files that a commit changed against its first parent, by path.
  package func changedPaths(_ commit: CommitID) throws(HistoryError) -> [ChangedPath] {
    let changes = try reading(commit.object) { (id) throws(GitError) in
      let commit = try git.commit(id)
      let parent = try commit.parents.first.map { (id) throws(GitError) in try git.commit(id) }
      return try git.changes(from: parent?.tree, to: commit.tree)
    }
    return changes.map(ChangedPath.init)
  }

  /// A file as of the branch; where that is gone or cannot be read, as of what was last consolidated.
  ///
  /// - Returns: nil when there is none.
  package func lastKnownFile(at path: String) throws(HistoryError) -> [UInt8]? {
    var failure: HistoryError?
    do throws(HistoryError) {
      if let tip = try head() { return try file(at: path, in: tip) }
    } catch {
      failure = error
    }
    if let durable = try durableCommit() { return try file(at: path, in: CommitID(durable)) }
    if let failure { throw failure }
    return nil
  }

  func treeEntry(
    at path: String, in commit: CommitID
  ) throws(HistoryError) -> GitTreeEntry? {
    // libgit2 takes no empty path, and none with an empty component.
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasSuffix("/") else { return nil }
    return try reading(commit.object) { (id) throws(GitError) in
      try git.entry(at: path, inTree: try git.commit(id).tree)
    }
  }

  /// The tree of a folder as of a commit; nil when there is none.
  func tree(at folder: String, in commit: CommitID) throws(HistoryError) -> GitObjectID? {
    if folder.isEmpty {
      return try reading(commit.object) { (id) throws(GitError) in try git.commit(id).tree }
    }
    guard let entry = try treeEntry(at: folder, in: commit), entry.isTree else { return nil }
    return entry.id
  }
}

/// A file that a commit changed.
package struct ChangedPath: Sendable, Equatable {
  /// What happened to it.
  package enum Kind: Sendable, Equatable {
    case added, modified, removed
  }

  package let path: String
  package let kind: Kind

  init(_ change: GitTreeChange) {
    path = change.path
    kind = change.old == nil ? .added : change.new == nil ? .removed : .modified
  }
}
