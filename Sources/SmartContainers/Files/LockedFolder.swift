import Glibc
import History
import SystemPackage

/// A new folder of this process, which is locked while it is used.
///
/// What a process left that was killed is locked by nobody, and goes when it is swept.
struct LockedFolder: Sendable {
  let path: FilePath
  private let lock: FileDescriptor

  private static let suffix = "XXXXXX"

  /// Makes it in a folder, with a name that begins so; nil where it cannot be, for which `errno` says
  /// why.
  init?(in parent: FilePath, prefix: String) {
    // Who sweeps may take a new one for one that was left, before it is locked.
    for _ in 0..<100 {
      var template = Array(parent.appending(prefix + Self.suffix).string.utf8CString)
      guard mkdtemp(&template) != nil else { return nil }
      let path = FilePath(
        String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
      if let lock = Self.locked(path, isNew: true) {
        self.path = path
        self.lock = lock
        return
      }
      rmdir(path.string)
    }
    return nil
  }

  /// Removes it with what is in it.
  func remove() {
    HistoryLocation.remove(path)
    try? lock.close()
  }

  /// Removes what processes left in a folder that were killed.
  ///
  /// - Parameter isOurs: whether one with these names in it is; a folder of somebody's own may be
  ///   called so.
  static func sweep(
    _ parent: FilePath, prefix: String, _ isOurs: ([String]) -> Bool = { _ in true }
  ) {
    let length = prefix.utf8.count + suffix.utf8.count
    for name in HistoryLocation.names(in: parent)
    where name.utf8.starts(with: prefix.utf8) && name.utf8.count == length {
      let path = parent.appending(name)
      guard let lock = locked(path, isNew: false) else { continue }
      if isOurs(HistoryLocation.names(in: path)) { HistoryLocation.remove(path) }
      try? lock.close()
    }
  }

  /// Locks a folder of this user's until it is closed; nil for one that another process has locked,
  /// and for what is none, or gone.
  ///
  /// - Parameter isNew: whether one is taken that cannot be locked, as on file systems of a network.
  ///   There nothing is swept.
  private static func locked(_ path: FilePath, isNew: Bool) -> FileDescriptor? {
    let opened = try? FileDescriptor.open(
      path, .readOnly, options: [.directory, .noFollow, .closeOnExec])
    guard let folder = opened else { return nil }
    var own = stat()
    var named = stat()
    let isLocked =
      flock(folder.rawValue, LOCK_EX | LOCK_NB) == 0
      || isNew && Errno(rawValue: errno) != .wouldBlock
    guard isLocked, fstat(folder.rawValue, &own) == 0, lstat(path.string, &named) == 0,
      own.st_ino == named.st_ino, own.st_dev == named.st_dev,
      own.st_uid == geteuid()
    else {
      try? folder.close()
      return nil
    }
    return folder
  }
}
