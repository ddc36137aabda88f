import Glibc
import History
import SystemPackage

/// A folder for a moment, in memory where that has room.
///
/// It is locked while it is used. What a process left that was killed is locked by nobody, and goes
/// when the next one is made.
struct MemoryFolder: Sendable {
  let path: FilePath
  private let lock: FileDescriptor

  private static let prefix = "sc-archive-"
  private static let suffix = "XXXXXX"

  /// The history in it.
  static let historyName = "history.sc"

  /// Makes it in the first of some folders that has room, else in the last.
  ///
  /// - Parameter byteCount: of an archive; what is unpacked of it is thought to have twice as many.
  /// - Throws: `SmartContainersError` where none can be made.
  init(in parents: [FilePath], forArchiveOf byteCount: Int64) throws(SmartContainersError) {
    for parent in parents { Self.sweep(parent) }
    for parent in parents where parent == parents.last || Self.hasRoom(parent, byteCount) {
      guard let (path, lock) = Self.make(in: parent) else { continue }
      self.path = path
      self.lock = lock
      return
    }
    let error = Errno(rawValue: errno)
    let names = parents.map(\.string).joined(separator: " or ")
    throw SmartContainersError(
      .failed, "no folder can be made in \(names): \(error)",
      hint: "Name another folder with TMPDIR.")
  }

  /// Removes it with what is in it.
  func remove() {
    HistoryLocation.remove(path)
    try? lock.close()
  }

  private static func hasRoom(_ parent: FilePath, _ byteCount: Int64) -> Bool {
    var room = statvfs()
    guard statvfs(parent.string, &room) == 0 else { return false }
    let (free, overflows) = UInt64(room.f_bavail).multipliedReportingOverflow(
      by: UInt64(room.f_frsize))
    return overflows || free / 2 >= UInt64(clamping: byteCount)
  }

  private static func make(in parent: FilePath) -> (path: FilePath, lock: FileDescriptor)? {
    // Who sweeps may take a new one for one that was left, before it is locked.
    for _ in 0..<100 {
      var template = Array(parent.appending(prefix + suffix).string.utf8CString)
      guard mkdtemp(&template) != nil else { return nil }
      let path = FilePath(
        String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
      if let lock = locked(path, isNew: true) { return (path, lock) }
      rmdir(path.string)
    }
    return nil
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

  /// Removes what processes left there that were killed.
  private static func sweep(_ parent: FilePath) {
    let length = prefix.utf8.count + suffix.utf8.count
    for name in names(in: parent) where name.hasPrefix(prefix) && name.utf8.count == length {
      let path = parent.appending(name)
      guard let lock = locked(path, isNew: false) else { continue }
      // A folder of somebody's own may be called so, and has something else.
      if names(in: path).allSatisfy({ $0 == historyName || $0.hasPrefix(SpooledFile.prefix) }) {
        HistoryLocation.remove(path)
      }
      try? lock.close()
    }
  }

  /// The names in a folder; none where it cannot be read.
  private static func names(in folder: FilePath) -> [String] {
    guard let stream = opendir(folder.string) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
