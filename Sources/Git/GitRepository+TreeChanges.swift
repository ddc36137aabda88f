/// A file that two trees have differently.
package struct GitTreeChange: Sendable, Equatable {
  package let path: String

  /// The file before; nil when it was not there.
  package let old: GitObjectID?

  /// The file after; nil when it is gone.
  package let new: GitObjectID?
}

extension GitRepository {
  /// The files that differ between two trees, by path; nil is a tree without entries.
  ///
  /// Only folders that differ are read: the cost is that of the change, not of the tree.
  ///
  /// - Parameter folders: those at the top that are not looked into.
  package func changes(
    from old: GitObjectID?, to new: GitObjectID?, besides folders: Set<String> = []
  ) throws(GitError) -> [GitTreeChange] {
    var changes: [GitTreeChange] = []
    try collectChanges(from: old, to: new, below: "", besides: folders, into: &changes)
    return changes.sorted { $0.path < $1.path }
  }

  private func collectChanges(
    from old: GitObjectID?, to new: GitObjectID?, below prefix: String,
    besides folders: Set<String> = [], into changes: inout [GitTreeChange]
  ) throws(GitError) {
    guard old != new else { return }
    let before = try old.map { (id) throws(GitError) in try entries(ofTree: id) } ?? []
    let after = try new.map { (id) throws(GitError) in try entries(ofTree: id) } ?? []
    var remaining = Dictionary(before.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    for entry in after where !folders.contains(entry.name) {
      let path = prefix + entry.name
      let previous = remaining.removeValue(forKey: entry.name)
      if let previous, previous == entry { continue }
      let (oldTree, oldFile) = Self.sides(previous)
      let (newTree, newFile) = Self.sides(entry)
      if oldFile != nil || newFile != nil {
        changes.append(GitTreeChange(path: path, old: oldFile, new: newFile))
      }
      try collectChanges(from: oldTree, to: newTree, below: path + "/", into: &changes)
    }
    for entry in remaining.values where !folders.contains(entry.name) {
      let (tree, file) = Self.sides(entry)
      if let file {
        changes.append(GitTreeChange(path: prefix + entry.name, old: file, new: nil))
      }
      try collectChanges(from: tree, to: nil, below: prefix + entry.name + "/", into: &changes)
    }
  }

  private static func sides(
    _ entry: GitTreeEntry?
  ) -> (tree: GitObjectID?, file: GitObjectID?) {
    guard let entry else { return (nil, nil) }
    return entry.isTree ? (entry.id, nil) : (nil, entry.id)
  }

  /// Calls `visit` with each object of a tree that none of the other trees has at its place.
  ///
  /// An object may be visited more than once. What `visit` answers for a tree says whether its
  /// entries are looked at; for a file it means nothing.
  package func visitObjects(
    ofTree id: GitObjectID, notIn others: [GitObjectID],
    _ visit: (GitObjectID, _ isTree: Bool) throws(GitError) -> Bool
  ) throws(GitError) {
    guard !others.contains(id), try visit(id, true) else { return }
    let known = try others.map { (other) throws(GitError) in
      Dictionary(
        try entries(ofTree: other).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }
    for entry in try entries(ofTree: id) {
      let same = known.compactMap { $0[entry.name] }
      if same.contains(entry) { continue }
      if entry.isTree {
        let trees = same.filter(\.isTree).map(\.id)
        try visitObjects(ofTree: entry.id, notIn: trees, visit)
      } else {
        _ = try visit(entry.id, false)
      }
    }
  }
}

extension GitRepository {
  /// The objects that came with the commits of one that others have not: the commits, and of their trees what
  /// differs from their parents'. Each once, parents' before their children's.
  package func objects(
    from tip: GitObjectID, hiding bases: [GitObjectID]
  ) throws(GitError) -> [GitObjectID] {
    var objects: [GitObjectID] = []
    var seen: Set<GitObjectID> = []
    // A tree may come back to what it was before. Only when all of its parents is there already is an
    // object that was seen once seen with everything in it.
    for id in try commits(from: [tip], hiding: bases).reversed() {
      guard seen.insert(id).inserted else { continue }
      objects.append(id)
      let commit = try commit(id)
      let others = try commit.parents.map { (id) throws(GitError) in try self.commit(id).tree }
      try visitObjects(ofTree: commit.tree, notIn: others) { object, _ in
        guard seen.insert(object).inserted else { return false }
        objects.append(object)
        return true
      }
    }
    return objects
  }
}
