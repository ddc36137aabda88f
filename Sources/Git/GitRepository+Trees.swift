/// One entry of a tree.
package struct GitTreeEntry: Sendable, Equatable {
  package let name: String
  package let id: GitObjectID

  /// Whether the entry is a tree itself.
  package let isTree: Bool

  /// Whether it is a folder or an ordinary file: no link, no program, no other repository.
  package var isPlain = true

  /// Whether git has it before another one: as if the names of folders ended with a slash.
  func isBefore(_ other: GitTreeEntry) -> Bool {
    let key = { (entry: GitTreeEntry) in Array((entry.isTree ? entry.name + "/" : entry.name).utf8)
    }
    return key(self).lexicographicallyPrecedes(key(other))
  }
}

extension GitRepository {
  /// The entries of a tree, in git's order.
  package func entries(ofTree id: GitObjectID) throws(GitError) -> [GitTreeEntry] {
    try tree(id).entries
  }

  /// The entry at a path below a tree; nil when there is none.
  ///
  /// - Throws: when a folder on the way is listed and cannot be read.
  package func entry(
    at path: String, inTree id: GitObjectID
  ) throws(GitError) -> GitTreeEntry? {
    var names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = names.popLast() else { return nil }
    var folder = id
    for name in names {
      guard let entry = try tree(folder).entry(named: name), entry.isTree else { return nil }
      folder = entry.id
    }
    return try tree(folder).entry(named: last)
  }

  /// Reads the folders on the way to files that are soon to be put into a tree.
  package func readAhead(tree id: GitObjectID, for paths: [String]) throws(GitError) {
    var trees = [id: try tree(id)]
    for path in paths {
      var folder = trees[id]
      for name in path.split(separator: "/").dropLast() {
        guard let entry = folder?.entry(named: name), entry.isTree else { break }
        if trees[entry.id] == nil { trees[entry.id] = try tree(entry.id) }
        folder = trees[entry.id]
      }
    }
    keep(trees)
    prepareToCompress()
  }

  func tree(_ id: GitObjectID) throws(GitError) -> RawTree {
    if let tree = treeReadAhead(id) { return tree }
    guard let tree = RawTree(try bytes(of: id, .tree)) else {
      throw GitError(
        code: .failed, call: "tree", message: "the tree \(id) is malformed", category: .object)
    }
    return tree
  }

  /// The tree of all entries of two trees, and of their folders; nil is a tree without entries.
  ///
  /// - Parameters:
  ///   - pack: gets the trees that are new.
  ///   - decide: which of two files that differ at one path stays.
  package func union(
    of one: GitObjectID?, and other: GitObjectID?, below path: String,
    into pack: inout GitPackDraft,
    decide: (String, GitTreeEntry, GitTreeEntry) throws(GitError) -> GitObjectID
  ) throws(GitError) -> GitObjectID? {
    guard let one, let other, one != other else { return one ?? other }
    let merged = try tree(one).union(with: try tree(other)) { (left, right) throws(GitError) in
      let place = "\(path)/\(left.name)"
      if left.id == right.id, left.isTree == right.isTree { return left.id }
      guard left.isTree, right.isTree else { return try decide(place, left, right) }
      return try union(of: left.id, and: right.id, below: place, into: &pack, decide: decide)
        ?? left.id
    }
    return pack.add(GitObject(.tree, merged.bytes))
  }
}
