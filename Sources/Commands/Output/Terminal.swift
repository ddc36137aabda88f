import Glibc

/// Where text goes: standard output and error, what they are, and how wide.
///
/// Standard output is data and standard error is messages. Each call writes whole texts, so
/// that lines of concurrent writers do not mix.
struct Terminal: Sendable {
  /// Whether colour is wanted.
  enum ColorChoice: String, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  /// Whether standard output is a terminal.
  let isInteractive: Bool

  /// Whether standard error is a terminal.
  let isErrorInteractive: Bool

  /// Whether text on standard output is coloured.
  let isColored: Bool

  init(color: ColorChoice, environment: [String: String]) {
    isInteractive = isatty(STDOUT_FILENO) == 1
    isErrorInteractive = isatty(STDERR_FILENO) == 1
    isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto:
        isInteractive && environment["NO_COLOR", default: ""].isEmpty
          && environment["TERM"] != "dumb"
      }
  }

  /// The columns of the terminal; 80 where there is none.
  var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes data to standard output.
  ///
  /// - Throws: `OutputError` when the reader is gone or the disk is full.
  func write(_ text: String) throws(OutputError) {
    try Self.write(Array(text.utf8), to: STDOUT_FILENO)
  }

  /// Writes text in UTF-8 to standard output, without what would move a terminal's cursor.
  func write(_ text: [UInt8]) throws(OutputError) {
    guard isInteractive else { return try Self.write(text, to: STDOUT_FILENO) }
    try write(PlainText.sanitize(String(decoding: text, as: UTF8.self), keepsLines: true))
  }

  /// Writes a line of data to standard output.
  func writeLine(_ text: String) throws(OutputError) { try write(text + "\n") }

  /// Writes a line of message to standard error; a message that cannot be written is lost.
  static func note(_ text: String) {
    guard !text.isEmpty else { return }
    try? write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  func note(_ text: String) { Self.note(text) }

  /// Writes text to standard error as it is; what cannot be written is lost.
  func noteRaw(_ text: String) { try? Self.write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes bytes to a descriptor, all of them.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&poller, 1, -1)
          continue
        }
        throw OutputError(errno: errno)
      }
      rest = rest.dropFirst(count)
    }
  }
}

/// Output that could not be written.
struct OutputError: Error {
  let errno: Int32

  /// Whether the reader went away, as `head` does: nobody needs to be told.
  var isBrokenPipe: Bool { errno == EPIPE }
}
