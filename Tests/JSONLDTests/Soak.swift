import Foundation
import Glibc

/// What takes minutes and gigabytes, and so is done only where the environment variable `SC_SOAK`
/// is set.
enum Soak {
  static let isOn = ProcessInfo.processInfo.environment["SC_SOAK"] != nil

  /// How many bytes more than before this process held at most while the body ran; nil where the
  /// system does not tell.
  static func peak(of body: () throws -> Void) throws -> Int? {
    // What was freed is held until it is asked for; and the most that was ever held is made that
    // which is held now.
    trim()
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    let start = bytes(of: "VmRSS:")
    try body()
    guard let start, let most = bytes(of: "VmHWM:") else { return nil }
    return most - start
  }

  /// Gives what was freed back to the system, malloc_trim(3).
  private static func trim() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }

  private static func bytes(of name: String) -> Int? {
    guard let status = try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }
}
