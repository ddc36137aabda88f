import CGit2
import Glibc

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
    try use { (handle) throws(GitError) in
      let tree = try tree(id, in: handle)
      defer { git_tree_free(tree) }
      return (0..<git_tree_entrycount(tree)).compactMap {
        git_tree_entry_byindex(tree, $0).flatMap(Self.entry)
      }
    }
  }

  /// The entry at a path below a tree; nil when there is none.
  ///
  /// - Throws: when a folder on the way is listed and cannot be read, which
  ///   `git_tree_entry_bypath` does not tell from one that is not there.
  package func entry(
    at path: String, inTree id: GitObjectID
  ) throws(GitError) -> GitTreeEntry? {
    try use { (handle) throws(GitError) in
      let names = path.split(separator: "/", omittingEmptySubsequences: false)
      var folder = id
      for (index, name) in names.enumerated() {
        let tree = try tree(folder, in: handle)
        defer { git_tree_free(tree) }
        guard let entry = git_tree_entry_byname(tree, String(name)).flatMap(Self.entry) else {
          return nil
        }
        if index == names.count - 1 { return entry }
        guard entry.isTree else { return nil }
        folder = entry.id
      }
      return nil
    }
  }

  /// Writes the tree that another one becomes when files are put (a blob) or removed (nil).
  ///
  /// Removing what is not there, as well as putting a path twice, is the caller's to avoid.
  package func writeTree(
    updating base: GitObjectID?, with changes: [(path: String, blob: GitObjectID?)]
  ) throws(GitError) -> GitObjectID {
    let paths = changes.map { strdup($0.path) }
    defer { for path in paths { free(path) } }
    let updates = zip(changes, paths).map { change, path in
      git_tree_update(
        action: change.blob == nil ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT,
        id: change.blob?.raw ?? git_oid(), filemode: GIT_FILEMODE_BLOB, path: path)
    }
    return try use { (handle) throws(GitError) in
      let tree: OpaquePointer? =
        if let base { try self.tree(base, in: handle) } else { nil }
      defer { git_tree_free(tree) }
      var id = git_oid()
      try check("git_tree_create_updated") {
        git_tree_create_updated(&id, handle, tree, updates.count, updates)
      }
      return GitObjectID(id)
    }
  }

  private func tree(
    _ id: GitObjectID, in handle: OpaquePointer
  ) throws(GitError) -> OpaquePointer {
    try LooseObject.check(id, below: path)
    var raw = id.raw
    return try checked("git_tree_lookup") { git_tree_lookup($0, handle, &raw) }
  }

  private static func entry(_ entry: OpaquePointer) -> GitTreeEntry? {
    guard let name = git_tree_entry_name(entry), let id = git_tree_entry_id(entry) else {
      return nil
    }
    return GitTreeEntry(
      name: String(cString: name), id: GitObjectID(id.pointee),
      isTree: git_tree_entry_type(entry) == GIT_OBJECT_TREE)
  }
}
