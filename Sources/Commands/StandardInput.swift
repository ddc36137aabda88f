import Glibc
import SmartContainers
import SystemPackage

/// What is piped into `sc`.
enum StandardInput {
  /// Reads standard input to its end.
  ///
  /// - Parameter content: what it should be: `a Dockerfile`.
  /// - Throws: `UsageError` when there is more than `limit` bytes.
  static func read(
    _ content: String = "a Dockerfile", limit: Int = 16 << 20
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw UsageError("standard input cannot be read: \(Errno(rawValue: errno))")
      }
      if count == 0 { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= limit else {
        throw UsageError("standard input is larger than \(limit) bytes; it should be \(content)")
      }
    }
  }
}
