import Glibc
import SystemPackage

/// A folder whose files survive what happens to the machine, as far as each function says.
struct Folder: Sendable {
  let path: FilePath

  init(_ path: FilePath) { self.path = path }

  func file(_ name: String) -> FilePath { path.appending(name) }

  /// Runs a system call of SystemPackage and says what was tried when it fails.
  static func attempt<Value>(
    _ action: String, _ path: FilePath, _ body: () throws -> Value
  ) throws(HistoryError) -> Value {
    do {
      return try body()
    } catch let error as Errno {
      throw HistoryError(error, action, path)
    } catch {
      throw HistoryError(code: .io, message: "cannot \(action)", path: path)
    }
  }

  /// Runs a system call that answers -1 and sets `errno`; begins again when a signal came.
  @discardableResult
  static func check(
    _ action: String, _ path: FilePath, _ body: () -> Int32
  ) throws(HistoryError) -> Int32 {
    while true {
      let result = body()
      if result >= 0 { return result }
      let error = Errno(rawValue: errno)
      if error != .interrupted { throw HistoryError(error, action, path) }
    }
  }

  /// Makes the folder, where it is missing.
  func create(mode: mode_t = 0o777) throws(HistoryError) {
    do {
      try Self.check("make the folder", path) { mkdir(path.string, mode) }
    } catch  where error.underlying as? Errno == .fileExists {
      return
    }
  }

  /// The names in the folder, without `.` and `..`, in no order; none when it is missing.
  func names() throws(HistoryError) -> [String] {
    guard let stream = opendir(path.string) else {
      let error = Errno(rawValue: errno)
      if error == .noSuchFileOrDirectory { return [] }
      throw HistoryError(error, "list the folder", path)
    }
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

  /// The bytes of a file; nil when it is missing.
  func read(_ name: String) throws(HistoryError) -> [UInt8]? {
    do {
      return try Self.readFile(file(name))
    } catch  where error.code == .notFound {
      return nil
    }
  }

  static func readFile(_ path: FilePath) throws(HistoryError) -> [UInt8] {
    try attempt("read", path) {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      return try file.closeAfter { try file.readToEnd() }
    }
  }

  /// Reads a file of any size in pieces.
  static func readFile(
    _ path: FilePath, inPieces body: ([UInt8]) -> Void
  ) throws(HistoryError) {
    let file = try attempt("open", path) {
      try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    }
    defer { close(file.rawValue) }
    while true {
      let piece = try attempt("read", path) {
        try [UInt8](unsafeUninitializedCapacity: 1 << 20) { room, count in
          count = try file.read(into: UnsafeMutableRawBufferPointer(room))
        }
      }
      if piece.isEmpty { return }
      body(piece)
    }
  }

  /// Removes a file, where it is there.
  func remove(_ name: String) throws(HistoryError) {
    do {
      try Self.check("remove", file(name)) { unlink(file(name).string) }
    } catch  where error.code == .notFound {
      return
    }
  }

  /// Moves a file of this folder.
  func move(_ name: String, to target: FilePath) throws(HistoryError) {
    try Self.check("move", file(name)) { rename(file(name).string, target.string) }
  }

  /// Whether nobody has touched a file for a day.
  func isAbandoned(_ name: String) -> Bool {
    var status = stat()
    return lstat(file(name).string, &status) == 0 && time(nil) - status.st_mtim.tv_sec > 86_400
  }

  /// Removes the folder and all in it; links are not followed, and what resists stays.
  func removeAll() {
    for name in (try? names()) ?? [] {
      let path = file(name)
      var status = stat()
      guard lstat(path.string, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        Folder(path).removeAll()
      } else {
        unlink(path.string)
      }
    }
    rmdir(path.string)
  }

  /// Makes the names in the folder, as they are now, survive a power cut.
  func sync() throws(HistoryError) {
    try Self.syncFile(path)
  }

  /// Makes a file's bytes, or a folder's names, survive a power cut.
  static func syncFile(_ path: FilePath) throws(HistoryError) {
    let descriptor = try attempt("open", path) {
      try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    }
    defer { close(descriptor.rawValue) }
    try check("sync", path) { fsync(descriptor.rawValue) }
  }
}

extension FileDescriptor {
  fileprivate func readToEnd() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}
