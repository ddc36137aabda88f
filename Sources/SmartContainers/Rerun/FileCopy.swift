import Glibc
import History
import Provenance
import SystemPackage

/// Copies of files of which it does not matter where they are from.
enum FileCopy {
  private static let chunk = 1 << 20

  /// Makes one, with the folders that it is in.
  ///
  /// - Parameter source: is read to its end and closed.
  /// - Throws: `Errno`.
  static func make(at path: String, isExecutable: Bool, of source: FileDescriptor) throws {
    try source.closeAfter {
      makeFolder(FilePath(path).removingLastComponent())
      let mode: FilePermissions =
        isExecutable
        ? FilePermissions(rawValue: 0o755) : FilePermissions(rawValue: 0o644)
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: mode)
      try file.closeAfter {
        while true {
          let bytes = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
            count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
          }
          guard !bytes.isEmpty else { return }
          try file.writeAll(bytes)
        }
      }
    }
  }

  private static func makeFolder(_ folder: FilePath) {
    guard mkdir(folder.string, 0o755) != 0, errno == ENOENT, folder.lastComponent != nil else {
      return
    }
    makeFolder(folder.removingLastComponent())
    mkdir(folder.string, 0o755)
  }
}

extension ContentStore {
  /// Opens the bytes of a file of then.
  func open(_ file: RerunPlan.File) throws(HistoryError) -> FileDescriptor {
    try open(LargeContent(digest: file.digest, byteCount: file.byteCount ?? 0))
  }

  /// Whether the bytes of a file of then are here.
  func has(_ file: RerunPlan.File) -> Bool {
    file.byteCount.map { has(LargeContent(digest: file.digest, byteCount: $0)) } ?? false
  }
}
