/// What a user is told when something was not done.
public struct SmartContainersError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure that callers and exit codes tell apart.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Arguments or settings that make no sense.
    public static let usage = Code(rawValue: "usage")
    /// The engine or the history said no.
    public static let failed = Code(rawValue: "failed")
    /// The engine wants other credentials.
    public static let authentication = Code(rawValue: "authentication")
    /// There is no `.sc` history here.
    public static let noHistory = Code(rawValue: "noHistory")
    /// Another process holds the history.
    public static let historyBusy = Code(rawValue: "historyBusy")
    /// The history cannot be read or written.
    public static let historyUnusable = Code(rawValue: "historyUnusable")
    /// No engine answers.
    public static let engineUnreachable = Code(rawValue: "engineUnreachable")
    /// The operation is done, and its record waits in the journal.
    public static let notYetCommitted = Code(rawValue: "notYetCommitted")
    /// The operation is done and recorded, and the archive could not be kept in the history.
    public static let notKept = Code(rawValue: "notKept")
    /// The user interrupted.
    public static let interrupted = Code(rawValue: "interrupted")
  }

  public let code: Code

  /// What happened, in one sentence without a full stop.
  public let message: String

  /// What to do next; nil where the message says it.
  public let hint: String?

  /// The error underneath.
  public let cause: (any Error)?

  public init(_ code: Code, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
  }

  public var description: String { hint.map { "\(message)\n\($0)" } ?? message }
}
