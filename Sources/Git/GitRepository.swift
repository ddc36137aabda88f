import CGit2
import Glibc
import Synchronization
import SystemPackage

/// A bare git repository.
///
/// It may be used by any thread: each call has the handle to itself.
package final class GitRepository: @unchecked Sendable {
  // Unchecked, because a pointer is not Sendable: `handle` is read only in `use`, under the
  // lock, and freed in `deinit`, when nobody else can hold a reference.
  private let handle: OpaquePointer
  private let lock = Mutex(())

  private let deflater = Mutex(Deflater())

  /// Whether there are packs that libgit2 has not seen.
  private let havePacksChanged = Mutex(false)

  /// Trees that were read ahead of their use.
  private let ahead = Mutex<[GitObjectID: RawTree]>([:])

  /// The folder of the repository.
  package let path: FilePath

  /// The folder of its objects.
  let objects: String

  private init(_ handle: OpaquePointer, at path: FilePath) {
    self.handle = handle
    self.path = path
    objects = path.appending("objects").string
  }

  deinit { git_repository_free(handle) }

  /// Runs `body` with the handle, one thread at a time. Not to be nested.
  func use<Value: Sendable>(
    _ body: (OpaquePointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    try lock.withLock { (_) throws(GitError) -> Value in try body(handle) }
  }

  /// Runs `body`, which may throw what is not libgit2's, with the handle. Not to be nested.
  func useLong<Value: Sendable>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
    try lock.withLock { _ in try body(handle) }
  }

  /// Has libgit2 look at the packs anew before it next reads an object.
  func notePacksChanged() { havePacksChanged.withLock { $0 = true } }

  /// Whether that is to be done; it is taken for done then.
  func takePacksChanged() -> Bool {
    havePacksChanged.withLock { changed in
      defer { changed = false }
      return changed
    }
  }

  /// The tree, when it was read ahead.
  func treeReadAhead(_ id: GitObjectID) -> RawTree? { ahead.withLock { $0[id] } }

  /// Keeps trees that were read ahead, instead of those before.
  func keep(_ trees: [GitObjectID: RawTree]) { ahead.withLock { $0 = trees } }

  /// Makes ready what compressing needs; a failure shows when it is needed.
  func prepareToCompress() {
    try? deflater.withLock { (deflater) throws(GitError) in try deflater.prepare() }
  }

  /// The bytes of an object as a pack has them; made for one object at a time.
  func compress(_ object: GitObject) throws(GitError) -> [UInt8] {
    try deflater.withLock { (deflater) throws(GitError) in
      try deflater.compress(object.bytes, isStored: object.isLargeTree)
    }
  }
}

extension GitRepository {
  /// Makes a bare repository whose HEAD is that branch; one that is there already stays.
  package static func create(
    at path: FilePath, branch: String, description: String
  ) throws(GitError) -> GitRepository {
    try LibGit2.start()
    var options = git_repository_init_options()
    try check("git_repository_init_options_init") {
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
    }
    options.flags =
      GIT_REPOSITORY_INIT_BARE.rawValue | GIT_REPOSITORY_INIT_MKDIR.rawValue
      | GIT_REPOSITORY_INIT_MKPATH.rawValue
    let (head, text) = (strdup(branch), strdup(description))
    defer {
      free(head)
      free(text)
    }
    options.initial_head = UnsafePointer(head)
    options.description = UnsafePointer(text)
    let handle = try checked("git_repository_init_ext") {
      git_repository_init_ext($0, path.string, &options)
    }
    return GitRepository(handle, at: path)
  }

  /// Opens the bare repository that is that very folder.
  package static func open(at path: FilePath) throws(GitError) -> GitRepository {
    try LibGit2.start()
    let flags =
      GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    let handle = try checked("git_repository_open_ext") {
      git_repository_open_ext($0, path.string, flags, nil)
    }
    return GitRepository(handle, at: path)
  }

  /// Whether the repository lacks the older part of its history.
  package var isShallow: Bool {
    get throws(GitError) { try use { (handle) in git_repository_is_shallow(handle) == 1 } }
  }

  /// Whether the repository has no work tree.
  package var isBare: Bool {
    get throws(GitError) { try use { (handle) in git_repository_is_bare(handle) == 1 } }
  }
}
