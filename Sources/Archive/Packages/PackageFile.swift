import Glibc
import SystemPackage

/// A package's file, open for reading.
final class PackageFile: Sendable {
  let path: FilePath
  let descriptor: Int32
  let size: Int64

  /// - Throws: `ArchiveError` when it is no regular file that may be read.
  init(_ path: FilePath) throws(ArchiveError) {
    // Without O_NONBLOCK a fifo would be waited for.
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else {
      let error = Errno(rawValue: errno)
      if error == .permissionDenied {
        throw ArchiveError(
          .unreadable, call: "open", "no permission to read '\(path.string)'; make it readable")
      }
      throw ArchiveError("open", path.string, error)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, FileType(mode: status.st_mode) == .file else {
      close(descriptor)
      throw ArchiveError(.format, call: "open", "'\(path.string)' is no file, and so no package")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills a buffer from a place in the file, but at its end; how many bytes came.
  func read(into buffer: UnsafeMutableRawBufferPointer, at place: Int64) throws(ArchiveError) -> Int
  {
    var filled = 0
    while filled < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled,
        off_t(place + Int64(filled)))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveError("read", path.string, Errno(rawValue: errno)) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// The bytes at a place in the file; fewer at its end.
  func bytes(_ count: Int, at place: Int64) throws(ArchiveError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    defer { buffer.deallocate() }
    let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
    let filled = try read(into: room, at: place)
    return Array(buffer[..<filled])
  }
}
