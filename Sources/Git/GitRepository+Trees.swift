/// One entry of a tree.
package struct GitTreeEntry: Sendable, Equatable {
  package let name: String
  package let id: GitObjectID

  /// Whether the entry is a tree itself.
  package let isTree: Bool
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
}
