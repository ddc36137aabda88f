import Glibc
import SystemPackage

/// A file's bytes, from the first on.
final class FileBytes: ByteSource {
  private let file: PackageFile
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
  private(set) var bytesRead: Int64 = 0

  init(_ file: PackageFile) { self.file = file }

  deinit { buffer.deallocate() }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    let count = try file.read(into: buffer, at: bytesRead)
    guard count > 0 else { return nil }
    bytesRead += Int64(count)
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }
}
