import Git

extension HistoryRepository {
  /// The files that differ between two commits, by path.
  package func changedPaths(
    from old: CommitID, to new: CommitID
  ) throws(HistoryError) -> [ChangedPath] {
    let trees = try [old, new].map { (commit) throws(HistoryError) in
      try reading(commit.object) { (id) throws(GitError) in try git.commit(id).tree }
    }
    let changes = try reading(new.object) { (_) throws(GitError) in
      try git.changes(from: trees[0], to: trees[1])
    }
    return changes.map(ChangedPath.init)
  }
}
