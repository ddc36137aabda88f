import CGit2
import Crypto

/// What a git object is, by git's word for it.
package enum GitObjectKind: String, Sendable, Equatable {
  case commit, tree, blob, tag

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
  ///
  /// Without the search for collisions that libgit2's own function makes: what is written here is
  /// ours, what is read was written here, and what comes from elsewhere libgit2 checks as it
  /// comes. A folder of a busy hour is hashed ten times as fast.
  package var id: GitObjectID {
    var hasher = Insecure.SHA1()
    hasher.update(data: header)
    hasher.update(data: bytes)
    return GitObjectID(hasher.finalize())
  }

  private var header: [UInt8] { Array("\(kind.rawValue) \(bytes.count)\0".utf8) }

  /// Whether it is a folder of hundreds of entries: half of it are ids, which cannot be
  /// compressed, and each operation of an hour writes the folder of that hour again.
  var isLargeTree: Bool { kind == .tree && bytes.count > 1 << 14 }
}
