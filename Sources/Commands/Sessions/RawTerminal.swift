import Glibc
import SmartContainers
import Synchronization
import SystemPackage

/// The terminal on standard input, which can be made to pass on each key as it is pressed.
final class RawTerminal: Sendable {
  /// How it was before; nil while it is so.
  private let usual = Mutex<termios?>(nil)

  /// Makes it raw, once.
  ///
  /// - Throws: `UsageError` when it cannot be made so.
  func begin() throws(UsageError) {
    try usual.withLock { (usual) throws(UsageError) in
      guard usual == nil else { return }
      var settings = termios()
      guard tcgetattr(STDIN_FILENO, &settings) == 0 else { throw Self.failure }
      var raw = settings
      cfmakeraw(&raw)
      guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { throw Self.failure }
      usual = settings
    }
  }

  /// Puts it back.
  func end() {
    usual.withLock { usual in
      guard var settings = usual else { return }
      tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
      usual = nil
    }
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
