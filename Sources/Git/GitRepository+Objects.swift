import CGit2
import SystemPackage

extension GitRepository {
  /// An object, whose digest is checked on the way.
  package func object(_ id: GitObjectID) throws(GitError) -> GitObject {
    if let object = try LooseObject(id, in: objects).read() { return object }
    return try packedObject(id)
  }

  /// Whether an object is here, and can be found.
  func contains(_ id: GitObjectID) -> Bool { (try? byteCount(of: id)) != nil }

  /// The number of an object's bytes, which are not read.
  package func byteCount(of id: GitObjectID) throws(GitError) -> Int {
    if let count = try LooseObject(id, in: objects).byteCount() { return count }
    return try useDatabase { (database) throws(GitError) in
      var (raw, count, kind) = (id.raw, 0, GIT_OBJECT_ANY)
      try check("git_odb_read_header") { git_odb_read_header(&count, &kind, database, &raw) }
      return count
    }
  }

  /// The bytes of an object that must be of that kind.
  func bytes(of id: GitObjectID, _ kind: GitObjectKind) throws(GitError) -> [UInt8] {
    let object = try object(id)
    guard object.kind == kind else {
      throw GitError(
        code: .notFound, call: "object", message: "\(id) is no \(kind.rawValue)",
        category: .object)
    }
    return object.bytes
  }

  /// Reads through libgit2. What is not where it was, because another process packed it
  /// meanwhile, libgit2 looks for again after a look at the folder of packs.
  private func packedObject(_ id: GitObjectID) throws(GitError) -> GitObject {
    let read: GitObject? = try useDatabase { (database) throws(GitError) in
      var raw = id.raw
      let object = try checked("git_odb_read") { git_odb_read($0, database, &raw) }
      defer { git_odb_object_free(object) }
      guard let kind = GitObjectKind(git_odb_object_type(object)) else { return nil }
      let bytes = UnsafeRawBufferPointer(
        start: git_odb_object_data(object), count: git_odb_object_size(object))
      return GitObject(kind, Array(bytes))
    }
    guard let read else {
      throw GitError(code: .failed, call: "git_odb_object_type", message: "unknown kind of \(id)")
    }
    return read
  }

  /// Reads objects from another folder of objects, too, until something is written here.
  package func addObjects(in folder: FilePath) throws(GitError) {
    try useDatabase { (database) throws(GitError) in
      try check("git_odb_add_disk_alternate") {
        git_odb_add_disk_alternate(database, folder.string)
      }
    }
  }

  /// Lets go of what is known of the database, after packs came or went: it is looked at anew when
  /// it is needed. libgit2's own refresh keeps what is gone, and by its path a pack that has become
  /// another one.
  package func refresh() throws(GitError) {
    try use { (handle) throws(GitError) in
      try check("git_repository__cleanup") { git_repository__cleanup(handle) }
    }
  }

  /// Runs `body` with the object database.
  private func useDatabase<Value: Sendable>(
    _ body: (OpaquePointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    if takePacksChanged() { try refresh() }
    return try use { (handle) throws(GitError) in
      let database = try checked("git_repository_odb") { git_repository_odb($0, handle) }
      defer { git_odb_free(database) }
      return try body(database)
    }
  }
}
