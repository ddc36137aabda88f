import Glibc
import SystemPackage

extension Folder {
  /// Makes the folder and those above it; here, because a refusal then has its error number.
  func createWithParents() throws(HistoryError) {
    let parent = path.removingLastComponent()
    if !parent.isEmpty, parent != path, FileOwner.of(parent) == nil {
      try Folder(parent).createWithParents()
    }
    try create()
  }

  /// Lets the group do in it what its owner may, and what is made in it be the group's, as `git init
  /// --shared` does.
  func shareWithGroup() {
    var status = stat()
    guard lstat(path.string, &status) == 0 else { return }
    chmod(path.string, status.st_mode & 0o7777 | 0o2070)
    for name in (try? names()) ?? [] {
      let path = file(name)
      guard lstat(path.string, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: Folder(path).shareWithGroup()
      case S_IFREG: chmod(path.string, status.st_mode & 0o7777 | (status.st_mode & 0o700) >> 3)
      default: break
      }
    }
  }

  /// Writes a file that is there whole or not at all, synced, in place of an older one.
  func replace(_ name: String, with bytes: [UInt8], mode: mode_t = 0o666) throws(HistoryError) {
    let temporary = try writeTemporary(for: name, bytes, mode: mode)
    do throws(HistoryError) {
      try move(temporary, to: file(name))
    } catch {
      unlink(file(temporary).string)
      throw error
    }
    try sync()
  }

  /// Writes a file that is there whole or not at all, synced, unless one is there already.
  ///
  /// Of several processes that do so at once, one file wins, and every process reads that one.
  /// - Returns: whether this call made it.
  @discardableResult
  func createOnce(
    _ name: String, mode: mode_t = 0o666, _ bytes: () -> [UInt8]
  ) throws(HistoryError) -> Bool {
    if access(file(name).string, F_OK) == 0 { return false }
    let temporary = try writeTemporary(for: name, bytes(), mode: mode)
    defer { unlink(file(temporary).string) }
    do throws(HistoryError) {
      // A link, because it fails where the name is taken, and a rename would not.
      try Self.check("make", file(name)) { link(file(temporary).string, file(name).string) }
    } catch  where error.underlying as? Errno == .fileExists {
      return false
    }
    try sync()
    return true
  }

  /// Writes and syncs a file under a name of its own, which no other process uses.
  private func writeTemporary(
    for name: String, _ bytes: [UInt8], mode: mode_t
  ) throws(HistoryError) -> String {
    let temporary = ".\(name).\(getpid()).\(UInt32.random(in: .min ... .max)).tmp"
    let path = file(temporary)
    let descriptor = try Self.attempt("make", path) {
      try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: FilePermissions(rawValue: mode))
    }
    defer { close(descriptor.rawValue) }
    do throws(HistoryError) {
      _ = try Self.attempt("write", path) { try descriptor.writeAll(bytes) }
      try Self.check("sync", path) { fsync(descriptor.rawValue) }
    } catch {
      unlink(path.string)
      throw error
    }
    return temporary
  }

  /// Why nothing can be written here; nil when it can.
  ///
  /// libgit2 keeps the error number of a failed call to itself, so it is asked for again with
  /// a file as large as an object is at most by habit.
  func reasonForRefusal() -> HistoryError? {
    do throws(HistoryError) {
      let probe = try writeTemporary(for: "probe", .init(repeating: 0, count: 65536), mode: 0o600)
      unlink(file(probe).string)
      return nil
    } catch {
      return error
    }
  }
}
