import CGit2
import Glibc
import SystemPackage

extension GitRepository {
  /// Stores objects as one pack, which is not synced: two files, where each file that is made costs
  /// more than all that is done with its bytes.
  ///
  /// The packs that are there are not asked: an object that comes back is packed again, and packs
  /// that are merged keep it once.
  /// - Parameter name: the commit that is one of them, by which the pack is known.
  func write(_ draft: borrowing GitPackDraft, named name: GitObjectID) throws(GitError) {
    var files = PackFiles(count: draft.objects.count)
    for id in draft.objects.keys.sorted() {
      guard let object = draft.objects[id] else { continue }
      try files.append(object, id, try compress(object))
    }
    let index = files.finish()
    try NewFile(packPath(name, ".pack"), inFolder: packs, prefix: "tmp_pack_").write(files.pack)
    // git knows a pack by its index, which comes last.
    do throws(GitError) {
      try NewFile(packPath(name, ".idx"), inFolder: packs, prefix: "tmp_idx_").write(index)
    } catch {
      if access(packPath(name, ".idx"), F_OK) != 0 { unlink(packPath(name, ".pack")) }
      throw error
    }
    notePacksChanged()
  }

  /// Removes the pack of a commit to which no reference leads.
  package func removePack(of commit: GitObjectID) {
    for suffix in [".idx", ".pack"] { unlink(packPath(commit, suffix)) }
  }

  private var packs: String { "\(objects)/pack" }

  private func packPath(_ name: GitObjectID, _ suffix: String) -> String {
    "\(packs)/pack-\(name)\(suffix)"
  }

  /// Writes one pack of exactly those objects, with its index, into a folder.
  ///
  /// Nothing is synced, and nothing is known of the pack until it stands in `objects/pack`.
  /// - Returns: the name that both files share: `pack-<name>.pack`, `pack-<name>.idx`.
  package func writePack(
    of objects: [GitObjectID], into folder: FilePath
  ) throws(GitError) -> String {
    try buildPack(of: objects) { (builder) throws(GitError) in
      try check("git_packbuilder_write") {
        git_packbuilder_write(builder, folder.string, 0o444, nil, nil)
      }
      guard let name = git_packbuilder_name(builder) else {
        throw GitError(code: .failed, call: "git_packbuilder_name", message: "no name")
      }
      return String(cString: name)
    }
  }

  /// Runs `body` with a pack of exactly those objects in the making.
  func buildPack<Value: Sendable>(
    of objects: [GitObjectID], _ body: (OpaquePointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    try use { (handle) throws(GitError) in
      let builder = try checked("git_packbuilder_new") { git_packbuilder_new($0, handle) }
      defer { git_packbuilder_free(builder) }
      // One thread: a pack is small, and this process is not alone on its machine.
      _ = git_packbuilder_set_threads(builder, 1)
      for object in objects {
        var id = object.raw
        try check("git_packbuilder_insert") { git_packbuilder_insert(builder, &id, nil) }
      }
      return try body(builder)
    }
  }
}
