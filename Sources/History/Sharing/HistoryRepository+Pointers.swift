import Git

extension HistoryRepository {
  /// The folders that have records and no pointers: every operation changes some of them.
  static let recordFolders: Set<String> = [
    ActivityPath.root, "containers", "hosts", "images", "networks", "volumes",
  ]

  /// The pointers to large content that a commit has, by path.
  package func pointers(in commit: CommitID) throws(HistoryError) -> [ContentPointer] {
    try reading(commit.object) { (id) throws(GitError) in
      let changes = try git.changes(
        from: nil, to: try git.commit(id).tree, besides: Self.recordFolders)
      var pointers: [ContentPointer] = []
      for change in changes {
        if let pointer = try pointer(change) { pointers.append(pointer) }
      }
      return pointers
    }
  }

  /// The pointers that came with the commits of one that the others have not, one for each content.
  ///
  /// A commit that has nothing but records has none before it either: pointers are never removed.
  /// - Parameter bases: commits that need not be here.
  func pointers(
    newIn tip: GitObjectID, notIn bases: [GitObjectID]
  ) throws(HistoryError) -> [ContentPointer] {
    try reading(tip) { (tip) throws(GitError) in
      let folders = try git.entries(ofTree: try git.commit(tip).tree)
      guard folders.contains(where: { !Self.recordFolders.contains($0.name) }) else { return [] }
      let known = bases.filter { (try? git.commit($0)) != nil }
      var pointers: [ContentPointer] = []
      var seen: Set<LargeContent> = []
      for id in try git.commits(from: [tip], hiding: known) {
        for change in try newFiles(of: try git.commit(id)) {
          guard let pointer = try pointer(change), seen.insert(pointer.content).inserted else {
            continue
          }
          pointers.append(pointer)
        }
      }
      return pointers
    }
  }

  /// The files of a commit, beside activities, that no parent has as they are.
  private func newFiles(of commit: GitCommit) throws(GitError) -> [GitTreeChange] {
    let trees = try commit.parents.map { (id) throws(GitError) in try git.commit(id).tree }
    let changes = try git.changes(
      from: trees.first, to: commit.tree, besides: Self.recordFolders)
    guard trees.count > 1 else { return changes }
    var new: [GitTreeChange] = []
    for change in changes {
      var isKnown = false
      for tree in trees.dropFirst() where !isKnown {
        isKnown = try git.entry(at: change.path, inTree: tree)?.id == change.new
      }
      if !isKnown { new.append(change) }
    }
    return new
  }

  /// What a file points to; nil for one that is no pointer.
  private func pointer(_ change: GitTreeChange) throws(GitError) -> ContentPointer? {
    guard let id = change.new, !change.path.hasSuffix(".json"),
      !change.path.hasSuffix(".jsonld"), try git.byteCount(of: id) < LargeContent.pointerLimit,
      let content = LargeContent(pointer: try git.object(id).bytes)
    else { return nil }
    return ContentPointer(path: change.path, content: content)
  }
}
