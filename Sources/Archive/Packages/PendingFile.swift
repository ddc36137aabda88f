import Canonical
import Glibc
import SystemPackage

/// A new file that gets its name only when it is whole.
///
/// Where the file system can, it has no name before, so that nothing is left of a killed process;
/// else it is `.name.partial`, which the next attempt takes over.
final class PendingFile {
  private let target: FilePath
  private let folder: FilePath
  private let replaces: Bool
  private let descriptor: Int32

  /// Its name for now, where it has one.
  private var partial: FilePath?

  /// Why writing failed.
  private(set) var failure: ArchiveError?

  /// Has the bytes written.
  private(set) var hasher = SHA256Hasher()

  /// - Parameter isUnnamed: whether to have no name before, where the file system can.
  /// - Throws: `ArchiveError` of the codes `exists`, `notFound`, `unwritable` and `full`.
  init(_ target: FilePath, replaces: Bool, isUnnamed: Bool = true) throws(ArchiveError) {
    let above = target.removingLastComponent()
    self.target = target
    self.replaces = replaces
    folder = above.isEmpty ? "." : above
    var status = stat()
    if !replaces, target.withPlatformString({ lstat($0, &status) }) == 0 {
      throw .exists(target)
    }
    // `O_TMPFILE` of Linux; the header hides it.
    errno = EOPNOTSUPP
    let unnamed = folder.withPlatformString {
      isUnnamed ? open($0, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o666) : -1
    }
    if unnamed >= 0 {
      descriptor = unnamed
    } else if [EOPNOTSUPP, EISDIR, EINVAL, EPERM].contains(errno) {
      let path = folder.appending(".\(target.lastComponent?.string ?? "").partial")
      descriptor = try Self.openPartial(path)
      partial = path
    } else {
      throw .writing("open", target, Errno(rawValue: errno))
    }
  }

  /// Opens a file that nobody else writes; the lock goes with the process that has it.
  private static func openPartial(_ path: FilePath) throws(ArchiveError) -> Int32 {
    let descriptor = path.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw .writing("open", path, Errno(rawValue: errno)) }
    var (own, named) = (stat(), stat())
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &own) == 0,
      path.withPlatformString({ lstat($0, &named) }) == 0, own.st_ino == named.st_ino,
      FileType(mode: own.st_mode) == .file, own.st_nlink == 1, ftruncate(descriptor, 0) == 0
    else {
      close(descriptor)
      throw ArchiveError(
        .exists, call: "flock",
        "'\(path.string)' is being written by another process; wait for it, or remove it")
    }
    return descriptor
  }

  deinit {
    if let partial { _ = partial.withPlatformString { unlink($0) } }
    close(descriptor)
  }

  /// Writes the next bytes; false after which `failure` says why.
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = Glibc.write(descriptor, start, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        failure = .writing("write", target, Errno(rawValue: count == 0 ? ENOSPC : errno))
        return false
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    hasher.update(bytes)
    return true
  }

  /// Gives the file its name, once its bytes would survive a power cut.
  func place() throws(ArchiveError) {
    guard fsync(descriptor) == 0 else { throw .writing("fsync", target, Errno(rawValue: errno)) }
    if replaces {
      let path = try named()
      guard rename(path, target) == 0 else {
        throw .writing("rename", target, Errno(rawValue: errno))
      }
      partial = nil
    } else {
      try link(to: target)
    }
    let parent = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard parent >= 0 else { return }
    fsync(parent)
    close(parent)
  }

  /// Gives it a name that can be renamed; an old one's place is taken only by a whole file.
  private func named() throws(ArchiveError) -> FilePath {
    if let partial { return partial }
    let path = folder.appending(".\(target.lastComponent?.string ?? "").\(getpid()).partial")
    try link(to: path)
    partial = path
    return path
  }

  private func link(to path: FilePath) throws(ArchiveError) {
    let source = partial ?? FilePath("/proc/self/fd/\(descriptor)")
    let status = source.withPlatformString { from in
      path.withPlatformString { linkat(AT_FDCWD, from, AT_FDCWD, $0, AT_SYMLINK_FOLLOW) }
    }
    guard status != 0 else { return }
    // Some file systems have no second names; there the name is looked for, and then taken.
    var existing = stat()
    if let partial, [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(errno),
      path.withPlatformString({ lstat($0, &existing) }) != 0, rename(partial, path) == 0
    {
      self.partial = nil
      return
    }
    throw .writing("linkat", path, Errno(rawValue: errno))
  }

  private func rename(_ path: FilePath, _ other: FilePath) -> Int32 {
    path.withPlatformString { from in other.withPlatformString { Glibc.rename(from, $0) } }
  }
}

extension ArchiveError {
  /// Something is where something was to be made.
  static func exists(_ path: FilePath) -> ArchiveError {
    ArchiveError(
      .exists, call: "open", "'\(path.string)' exists already; choose another name, or replace it")
  }

  /// A system call on a file that is being made failed.
  static func writing(_ call: String, _ path: FilePath, _ errno: Errno) -> ArchiveError {
    switch errno {
    case .fileExists, .isDirectory, .directoryNotEmpty: .exists(path)
    case .noSuchFileOrDirectory, .notDirectory:
      ArchiveError(
        .notFound, call: call, "the folder of '\(path.string)' was not found; make it first")
    case .permissionDenied, .notPermitted, .readOnlyFileSystem:
      ArchiveError(
        .unwritable, call: call,
        "'\(path.string)' may not be written there: \(errno); choose another folder")
    case .noSpace, Errno(rawValue: EDQUOT):
      ArchiveError(
        .full, call: call,
        "there is no space left for '\(path.string)'; free some, or choose another disk")
    default: ArchiveError(.unwritable, call: call, "'\(path.string)' cannot be written: \(errno)")
    }
  }
}
