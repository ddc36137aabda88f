import Glibc
import SystemPackage

/// A file of this process's own for what a program needs or leaves.
package final class ScratchFile {
  package let path: FilePath
  package let file: FileDescriptor

  /// Makes an empty one.
  ///
  /// - Throws: `Errno`.
  package init() throws {
    let number = UInt64.random(in: .min ... .max)
    path = FilePath("/tmp/sc-\(getpid())-\(String(number, radix: 16))")
    file = try FileDescriptor.open(
      path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: [.ownerReadWrite])
  }

  deinit {
    unlink(path.string)
    close(file.rawValue)
  }
}
