/// A tree in the making: another one, in which files are put and removed.
///
/// Nothing is made before `write`, and of the other tree only what is on the way is read,
/// once.
package final class GitTreeDraft {
  private let git: GitRepository

  /// The tree as it was; nil for one that was not there.
  package let base: GitObjectID?
  private var tree: RawTree

  /// The folders that were looked into.
  private var folders: [Substring: GitTreeDraft] = [:]

  /// The files to be written.
  private var blobs: [(object: GitObject, id: GitObjectID)] = []

  /// - Parameter base: nil for the tree without entries.
  package init(_ git: GitRepository, updating base: GitObjectID?) throws(GitError) {
    self.git = git
    self.base = base
    tree = try base.map { (id) throws(GitError) in try git.tree(id) } ?? RawTree()
  }

  /// Whether there is a file or a folder at a path.
  package func contains(_ path: String) throws(GitError) -> Bool {
    let (folders, name) = Self.parts(path)
    return try folder(folders)?.tree.entry(named: name) != nil
  }

  /// Whether a folder stands at a path; nil when nothing does.
  package func isFolder(_ path: String) throws(GitError) -> Bool? {
    let (folders, name) = Self.parts(path)
    return try folder(folders)?.tree.entry(named: name)?.isTree
  }

  /// Puts a file at a path.
  ///
  /// - Throws: when a file stands where a folder should be, or the reverse.
  package func put(_ content: [UInt8], at path: String) throws(GitError) {
    let blob = GitObject(.blob, content)
    let id = blob.id
    let (folders, name) = Self.parts(path)
    let folder = try makeFolder(folders)
    let entry = folder.tree.entry(named: name)
    guard entry?.id != id else { return }
    guard entry?.isTree != true else { throw Self.conflict(name) }
    folder.tree.put(name, id, isTree: false)
    folder.blobs.append((blob, id))
  }

  /// Puts what is stored already at a path: a file, or a whole folder in place of what is there.
  package func put(
    _ id: GitObjectID, isTree: Bool = false, at path: String
  ) throws(GitError) {
    let (folders, name) = Self.parts(path)
    let folder = try makeFolder(folders)
    guard folder.tree.entry(named: name).map({ $0.isTree == isTree }) ?? true else {
      throw Self.conflict(name)
    }
    folder.folders[name] = nil
    folder.tree.put(name, id, isTree: isTree)
  }

  /// Removes what is at a path, where it is there, and the folders that have nothing in them then.
  package func remove(_ path: String) throws(GitError) {
    let (folders, name) = Self.parts(path)
    try remove(name, in: folders)
  }

  private func remove(_ name: Substring, in names: ArraySlice<Substring>) throws(GitError) {
    guard let first = names.first else {
      tree.remove(name)
      folders[name] = nil
      return
    }
    guard let folder = try folder([first]) else { return }
    try folder.remove(name, in: names.dropFirst())
    guard folder.tree.isEmpty else { return }
    tree.remove(first)
    folders[first] = nil
  }

  /// Adds the files that are new, and the trees that lead to them, to a pack.
  ///
  /// - Returns: the tree.
  package func write(into pack: inout GitPackDraft) -> GitObjectID {
    writeFolders(into: &pack)
    return writeTree(into: &pack)
  }

  private func writeFolders(into pack: inout GitPackDraft) {
    for (name, folder) in folders {
      folder.writeFolders(into: &pack)
      // Git has no empty folders.
      if folder.tree.isEmpty {
        tree.remove(name)
      } else {
        tree.put(name, folder.writeTree(into: &pack), isTree: true)
      }
    }
    for blob in blobs { pack.add(blob.object, as: blob.id) }
  }

  private func writeTree(into pack: inout GitPackDraft) -> GitObjectID {
    let object = GitObject(.tree, tree.bytes)
    let id = object.id
    if id != base { pack.add(object, as: id) }
    return id
  }

  private static func parts(_ path: String) -> (folders: ArraySlice<Substring>, name: Substring) {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    return (names.dropLast(), names[names.endIndex - 1])
  }

  /// The folder below this one; nil when it is not there.
  private func folder(_ names: ArraySlice<Substring>) throws(GitError) -> GitTreeDraft? {
    guard let name = names.first else { return self }
    if folders[name] == nil {
      guard let entry = tree.entry(named: name), entry.isTree else { return nil }
      folders[name] = try GitTreeDraft(git, updating: entry.id)
    }
    return try folders[name]?.folder(names.dropFirst())
  }

  private func makeFolder(_ names: ArraySlice<Substring>) throws(GitError) -> GitTreeDraft {
    guard let name = names.first else { return self }
    let folder: GitTreeDraft
    if let known = try self.folder([name]) {
      folder = known
    } else {
      guard tree.entry(named: name) == nil else { throw Self.conflict(name) }
      folder = try GitTreeDraft(git, updating: nil)
      folders[name] = folder
    }
    return try folder.makeFolder(names.dropFirst())
  }

  private static func conflict(_ name: Substring) -> GitError {
    GitError(
      code: .invalidName, call: "put",
      message: "'\(name)' is a file and should be a folder, or the reverse")
  }
}
