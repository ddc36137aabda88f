import Glibc
import SmartContainers
import SystemPackage

/// Questions to the user at the terminal.
enum Prompt {
  private static let limit = 4096

  /// Asks for a line.
  ///
  /// - Parameter isSecret: whether what is typed stays invisible.
  /// - Throws: `UsageError` where standard input is no terminal; `CancellationError` when the user
  ///   interrupts.
  static func line(_ question: String, isSecret: Bool = false) throws -> String {
    guard isatty(STDIN_FILENO) == 1 else {
      throw UsageError(
        "\(question.prefix { $0 != ":" }) is asked for on a terminal, and standard input is none;"
          + "\nuse -u USER --password-stdin")
    }
    guard isSecret else {
      try Terminal.write(Array(question.utf8), to: STDERR_FILENO)
      return try read()
    }
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else {
      throw UsageError("the terminal cannot be made silent: \(Errno(rawValue: errno))")
    }
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSANOW, &silent) == 0 else {
      throw UsageError("the terminal cannot be made silent: \(Errno(rawValue: errno))")
    }
    defer {
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
      // The user's own line feed was not shown.
      Terminal.note("\r")
    }
    // Only now: whoever sees the question may answer at once.
    try Terminal.write(Array(question.utf8), to: STDERR_FILENO)
    return try read()
  }

  /// Waits in small steps, so that an interruption ends it with the terminal as it was.
  private static func read() throws -> String {
    var bytes: [UInt8] = []
    while true {
      try Task.checkCancellation()
      var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, 100) > 0 else { continue }
      var byte: UInt8 = 0
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0 {
        if errno == EINTR { continue }
        throw UsageError("the terminal cannot be read: \(Errno(rawValue: errno))")
      }
      if count == 0 || byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
      guard bytes.count <= limit else { throw UsageError("the line is too long") }
    }
  }
}
