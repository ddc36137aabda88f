import Glibc
import SystemPackage

/// Bytes in a file without a name, whose number must be known before they are used.
final class SpooledFile: Sendable {
  private let file: FileDescriptor

  /// What its name begins with before it has none.
  static let prefix = ".sc-spool-"

  /// - Parameter folder: on whose disk they are.
  /// - Throws: `SmartContainersError`.
  init(in folder: FilePath) throws(SmartContainersError) {
    var template = Array(folder.appending(Self.prefix + "XXXXXX").string.utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw SmartContainersError(
        .failed, "\(folder) cannot be written to: \(Errno(rawValue: errno))",
        hint: "Name another place with --output.")
    }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    file = FileDescriptor(rawValue: descriptor)
  }

  deinit { try? file.close() }

  /// The number of bytes.
  var byteCount: Int64 {
    get throws { try file.seek(offset: 0, from: .end) }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws { try file.writeAll(bytes) }

  func append(_ bytes: [UInt8]) throws { try file.writeAll(bytes) }

  /// Makes that the next `read` gives the first bytes.
  func rewind() throws { try file.seek(offset: 0, from: .start) }

  /// The next bytes; how many, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try file.read(into: buffer)
  }
}
