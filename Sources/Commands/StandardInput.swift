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
    try read(from: STDIN_FILENO, named: "standard input", content, limit: limit)
  }

  /// Reads what may be waited for, a pipe or a terminal, to its end: an interruption ends that.
  ///
  /// - Throws: `UsageError`; `CancellationError`.
  static func read(
    from descriptor: Int32, named name: String, _ content: String, limit: Int
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      try Task.checkCancellation()
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, 100) > 0 else { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw UsageError("\(name) cannot be read: \(Errno(rawValue: errno))")
      }
      if count == 0 { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= limit else {
        throw UsageError("\(name) is larger than \(limit) bytes; it should be \(content)")
      }
    }
  }
}
