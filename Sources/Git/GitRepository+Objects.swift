import CGit2

/// What a git object is.
package enum GitObjectKind: Sendable, Equatable {
  case commit, tree, blob, tag
}

extension GitRepository {
  /// Runs `body` with the object database.
  func useDatabase<Value: Sendable>(
    _ body: (OpaquePointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    try use { (handle) throws(GitError) in
      let database = try checked("git_repository_odb") { git_repository_odb($0, handle) }
      defer { git_odb_free(database) }
      return try body(database)
    }
  }

  /// The kind and bytes of an object, whose digest is checked on the way.
  package func object(
    _ id: GitObjectID
  ) throws(GitError) -> (kind: GitObjectKind, bytes: [UInt8]) {
    let read: (kind: GitObjectKind?, bytes: [UInt8]) = try useDatabase {
      (database) throws(GitError) in
      try LooseObject.check(id, below: path)
      var raw = id.raw
      let object = try checked("git_odb_read") { git_odb_read($0, database, &raw) }
      defer { git_odb_object_free(object) }
      let kind: GitObjectKind? =
        switch git_odb_object_type(object) {
        case GIT_OBJECT_COMMIT: .commit
        case GIT_OBJECT_TREE: .tree
        case GIT_OBJECT_BLOB: .blob
        case GIT_OBJECT_TAG: .tag
        default: nil
        }
      let bytes = UnsafeRawBufferPointer(
        start: git_odb_object_data(object), count: git_odb_object_size(object))
      return (kind, Array(bytes))
    }
    guard let kind = read.kind else {
      throw GitError(code: .failed, call: "git_odb_object_type", message: "unknown kind of \(id)")
    }
    return (kind, read.bytes)
  }

  /// Whether the database has an object of that id, readable or not.
  package func contains(_ id: GitObjectID) throws(GitError) -> Bool {
    try useDatabase { (database) in
      var raw = id.raw
      return git_odb_exists(database, &raw) == 1
    }
  }

  /// Stores bytes as a blob, loose and not synced.
  package func writeBlob(_ bytes: [UInt8]) throws(GitError) -> GitObjectID {
    try use { (handle) throws(GitError) in
      var id = git_oid()
      try check("git_blob_create_from_buffer") {
        bytes.withUnsafeBytes {
          git_blob_create_from_buffer(&id, handle, $0.baseAddress, $0.count)
        }
      }
      return GitObjectID(id)
    }
  }

  /// Looks at the database's folders again, after packs came or went.
  package func refresh() throws(GitError) {
    try useDatabase { (database) throws(GitError) in
      try check("git_odb_refresh") { git_odb_refresh(database) }
    }
  }
}
