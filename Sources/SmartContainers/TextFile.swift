import Glibc
import SystemPackage

/// Whole small files.
public enum TextFile {
  /// Reads a file of UTF-8 text.
  ///
  /// - Throws: `Errno`.
  public static func read(_ path: FilePath, limit: Int = 16 << 20) throws -> String {
    String(decoding: try readBytes(path, limit: limit), as: UTF8.self)
  }

  /// Reads a file as it is.
  ///
  /// - Throws: `Errno`; `fileTooLarge` for one of more bytes than the limit.
  public static func readBytes(_ path: FilePath, limit: Int) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      while true {
        let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
          count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        if piece.isEmpty { return bytes }
        bytes = bytes.isEmpty ? piece : bytes + piece
        guard bytes.count <= limit else { throw Errno.fileTooLarge }
      }
    }
  }

  /// Replaces a file as a whole: a reader sees the old text or the new one.
  ///
  /// - Throws: `Errno`.
  public static func replace(_ path: FilePath, with text: String) throws {
    let draft = FilePath(path.string + ".new")
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
    guard rename(draft.string, path.string) == 0 else { throw Errno(rawValue: errno) }
  }
}
