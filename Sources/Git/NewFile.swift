import Glibc
import SystemPackage

/// A file that comes into the database of objects whole or not at all, and not synced.
struct NewFile {
  private let temporary: String
  private let path: String

  /// - Parameter prefix: by which git and its `prune` know an unfinished file.
  init(_ path: String, inFolder folder: String, prefix: String) {
    self.path = path
    temporary = "\(folder)/\(prefix)\(String(UInt64.random(in: .min ... .max), radix: 16))"
  }

  /// Writes it, in place of one that is there already: that one may be damaged.
  func write(_ content: [UInt8]) throws(GitError) {
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
    guard file >= 0 else { throw Self.refused("open") }
    var failure = Self.writeAll(content, to: file)
    if close(file) != 0, failure == nil { failure = Self.refused("close") }
    if failure == nil, rename(temporary, path) != 0 { failure = Self.refused("rename") }
    if let failure {
      unlink(temporary)
      throw failure
    }
  }

  private static func writeAll(_ content: [UInt8], to file: Int32) -> GitError? {
    content.withUnsafeBytes { rest in
      var rest = rest[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return refused("write") }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }

  private static func refused(_ call: String) -> GitError {
    GitError(
      code: .failed, call: call, message: "cannot write an object: \(Errno(rawValue: errno))",
      category: .system)
  }
}
