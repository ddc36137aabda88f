import Glibc
import SystemPackage

/// Copies files into an archive, and notices when they change meanwhile.
enum FileContents {
  private static let bufferSize = 128 << 10

  /// Writes a file's entry and its bytes.
  ///
  /// - Parameter status: what `lstat` said when the entry was made.
  /// - Throws: `ArchiveError` of code `changed` when the file is another one now, or its size or
  ///   time is not the same before and after.
  static func write(
    _ header: TarEntry, at path: FilePath, _ status: stat, to writer: inout TarWriter
  ) throws(ArchiveError) {
    // Without O_NONBLOCK a fifo that took the file's place would be waited for.
    let descriptor = path.withPlatformString {
      open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else {
      throw ArchiveError("open", path.string, Errno(rawValue: errno), whileListed: true)
    }
    defer { close(descriptor) }
    try requireUnchanged(descriptor, since: status, path)
    var entry = header
    let size = Int64(status.st_size)
    entry.kind = .file(size: size)
    try writer.begin(entry)
    try copy(descriptor, size, path, to: &writer)
    try writer.end()
    try requireUnchanged(descriptor, since: status, path)
  }

  private static func copy(
    _ descriptor: Int32, _ size: Int64, _ path: FilePath, to writer: inout TarWriter
  ) throws(ArchiveError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Int(min(max(size, 1), Int64(bufferSize))), alignment: 16)
    defer { buffer.deallocate() }
    var left = size
    while left > 0 {
      let count = Glibc.read(descriptor, buffer.baseAddress, Int(min(left, Int64(buffer.count))))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveError("read", path.string, Errno(rawValue: errno)) }
      guard count > 0 else { throw .changed(path) }
      try writer.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
      left -= Int64(count)
    }
  }

  private static func requireUnchanged(
    _ descriptor: Int32, since before: stat, _ path: FilePath
  ) throws(ArchiveError) {
    var now = stat()
    guard fstat(descriptor, &now) == 0 else {
      throw ArchiveError("fstat", path.string, Errno(rawValue: errno))
    }
    guard now.st_dev == before.st_dev, now.st_ino == before.st_ino,
      now.st_size == before.st_size, now.st_mtim.tv_sec == before.st_mtim.tv_sec,
      now.st_mtim.tv_nsec == before.st_mtim.tv_nsec
    else { throw .changed(path) }
  }

  /// A file's bytes, all at once; nil when there is no such file. Links are followed.
  static func read(_ path: FilePath) throws(ArchiveError) -> [UInt8]? {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw ArchiveError("open", path.string, Errno(rawValue: errno))
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = chunk.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveError("read", path.string, Errno(rawValue: errno)) }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
    }
  }
}

extension ArchiveError {
  fileprivate static func changed(_ path: FilePath) -> ArchiveError {
    ArchiveError(
      .changed, call: "read", "'\(path.string)' changed while it was being packed; try again")
  }
}
