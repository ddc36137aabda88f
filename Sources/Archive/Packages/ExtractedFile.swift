import Glibc
import SystemPackage

/// A file that is being extracted.
final class ExtractedFile {
  private let descriptor: Int32
  private let path: FilePath

  init(_ descriptor: Int32, _ path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = Glibc.write(descriptor, start, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw .writing("write", path, Errno(rawValue: count == 0 ? ENOSPC : errno))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  func finish(isExecutable: Bool) throws(ArchiveError) {
    guard fchmod(descriptor, isExecutable ? 0o755 : 0o644) == 0 else {
      throw .writing("fchmod", path, Errno(rawValue: errno))
    }
  }
}
