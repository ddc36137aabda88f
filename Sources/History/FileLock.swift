import Glibc
import SystemPackage

/// Advisory locks on files (flock(2)), which end with their scope, or with the process.
enum FileLock {
  /// Waits for the lock and runs `body` under it.
  static func whileHeld<Value>(
    _ path: FilePath, _ body: () throws(HistoryError) -> Value
  ) throws(HistoryError) -> Value {
    let descriptor = try open(path)
    defer { close(descriptor.rawValue) }
    try Folder.check("lock", path) { flock(descriptor.rawValue, LOCK_EX) }
    return try body()
  }

  /// Waits for the lock of a folder that is there and runs `body` under it.
  static func whileHeld<Value>(
    _ folder: Folder, _ body: () throws(HistoryError) -> Value
  ) throws(HistoryError) -> Value {
    let descriptor = try Folder.attempt("open", folder.path) {
      try FileDescriptor.open(folder.path, .readOnly, options: [.directory, .closeOnExec])
    }
    defer { close(descriptor.rawValue) }
    try Folder.check("lock", folder.path) { flock(descriptor.rawValue, LOCK_EX) }
    return try body()
  }

  /// Runs `body` under the lock when it is free; false when another has it.
  static func ifFree(
    _ path: FilePath, _ body: () throws(HistoryError) -> Void
  ) throws(HistoryError) -> Bool {
    let descriptor = try open(path)
    defer { close(descriptor.rawValue) }
    guard try tryLock(descriptor, path) else { return false }
    try body()
    return true
  }

  /// Locks an open file until it is closed, when it is free; false when another has it.
  static func tryLock(
    _ descriptor: FileDescriptor, _ path: FilePath
  ) throws(HistoryError) -> Bool {
    do {
      try Folder.check("lock", path) { flock(descriptor.rawValue, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.underlying as? Errno == .wouldBlock {
      return false
    }
  }

  /// Opens the file; a plain clone of a history has not even its folder yet.
  private static func open(_ path: FilePath) throws(HistoryError) -> FileDescriptor {
    try Folder(path.removingLastComponent()).create(mode: 0o700)
    return try Folder.attempt("open", path) {
      try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
    }
  }
}
