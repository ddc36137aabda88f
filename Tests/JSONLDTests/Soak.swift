import Foundation

/// What takes minutes and gigabytes, and so is done only where the environment variable `SC_SOAK`
/// is set.
enum Soak {
  static let isOn = ProcessInfo.processInfo.environment["SC_SOAK"] != nil

  /// How many bytes this process held when it was first asked.
  static let start = bytes(of: "VmRSS:")

  /// How many bytes this process held at most while the body ran, without what it held at the
  /// start; nil where the system does not tell.
  static func peak(of body: () throws -> Void) throws -> Int? {
    // Makes the most that was ever held that which is held now.
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    try body()
    guard let start, let most = bytes(of: "VmHWM:") else { return nil }
    return most - start
  }

  private static func bytes(of name: String) -> Int? {
    guard let status = try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }
}
