import CGit2

/// What a git object is, by git's word for it.
package enum GitObjectKind: String, Sendable, Equatable {
  case commit, tree, blob, tag

  fileprivate var raw: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }

  init?(_ raw: git_object_t) {
    switch raw {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }
}

/// An object of a git repository.
package struct GitObject: Sendable, Equatable {
  package let kind: GitObjectKind
  package let bytes: [UInt8]

  package init(_ kind: GitObjectKind, _ bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  /// The digest of kind and bytes, by which git knows the object.
  package var id: GitObjectID {
    get throws(GitError) {
      var id = git_oid()
      try check("git_odb_hash") {
        bytes.withUnsafeBytes { git_odb_hash(&id, $0.baseAddress, $0.count, kind.raw) }
      }
      return GitObjectID(id)
    }
  }

  /// What the file of the loose object holds, before it is compressed.
  var content: [UInt8] { Array("\(kind.rawValue) \(bytes.count)\0".utf8) + bytes }
}
