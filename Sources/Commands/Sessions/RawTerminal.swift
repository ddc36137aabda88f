import Glibc
import SmartContainers
import SystemPackage

/// The user's terminal while it passes on each key as it is pressed.
enum RawTerminal {
  /// Does something while the terminal on standard input is raw, and puts it back afterwards.
  ///
  /// - Throws: `UsageError` when the terminal cannot be made so; what `body` throws.
  static func during<Result>(_ body: () async throws -> Result) async throws -> Result {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { throw failure }
    var raw = settings
    cfmakeraw(&raw)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { throw failure }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
    return try await body()
  }

  private static var failure: UsageError {
    UsageError("the terminal cannot be made raw: \(Errno(rawValue: errno))")
  }

  /// How large the user's terminal is; nil when neither standard output nor input is one.
  static var size: TerminalSize? {
    var size = winsize()
    for descriptor in [STDOUT_FILENO, STDIN_FILENO]
    where ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
      return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
    return nil
  }
}
