/// What an engine answered when it did not do what it was asked.
public struct EngineError: Error, Sendable, CustomStringConvertible {
  /// The kinds of refusal, by status code or by where the error stood.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 400: the request makes no sense to the engine.
    public static let badRequest = Code(rawValue: "badRequest")
    /// 401, and a registry that wants other credentials.
    public static let unauthorized = Code(rawValue: "unauthorized")
    /// 403: the engine forbids it, such as removing a network that somebody is in.
    public static let forbidden = Code(rawValue: "forbidden")
    /// 404: no such container, image or path; a registry that has no such image.
    public static let notFound = Code(rawValue: "notFound")
    /// 409: the state does not allow it, or the name is taken.
    public static let conflict = Code(rawValue: "conflict")
    /// 500 and above.
    public static let engineFault = Code(rawValue: "engineFault")
    /// The engine's disk is full, whether a status or a stream says so.
    public static let noSpace = Code(rawValue: "noSpace")
    /// An `errorDetail` inside a stream that began with 200.
    public static let inStream = Code(rawValue: "inStream")
    /// The answer is not what the Engine API describes.
    public static let unexpectedAnswer = Code(rawValue: "unexpectedAnswer")
    /// The engine cannot reach a registry.
    public static let registryUnreachable = Code(rawValue: "registryUnreachable")
    /// What this engine, or its builder, has no way to do; nothing was sent.
    public static let unsupported = Code(rawValue: "unsupported")
    /// No API version that both sides speak.
    public static let version = Code(rawValue: "version")
  }

  public let code: Code

  /// The engine's own words.
  public let message: String

  /// The HTTP status; nil where none came.
  public let status: Int?

  /// The operation that was asked for, `container.create`.
  public let operation: String

  /// The exit code of the command inside, where the engine tells one (a build's `RUN`).
  public let exitCode: Int?

  /// The step of a build that failed, `[2/3] RUN make`; nil where the engine tells none.
  public let step: String?

  public init(
    _ code: Code, _ message: String, status: Int? = nil, operation: String, exitCode: Int? = nil,
    step: String? = nil
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.operation = operation
    self.exitCode = exitCode
    self.step = step
  }

  public var description: String { message }

  /// The error of a status of 400 and above.
  init(status: Int, message: String, operation: String) {
    let code: Code =
      switch status {
      case 401: .unauthorized
      case 403: .forbidden
      case 404: .notFound
      case 409: .conflict
      case 500...: Self.isOfFullDisk(message) ? .noSpace : .engineFault
      default: .badRequest
      }
    self.init(code, message, status: status, operation: operation)
  }

  /// The error that a stream carries after a status of 200.
  init(inStream message: String, exitCode: Int?, operation: String) {
    // A command inside that failed may have any words in it.
    let code: Code = exitCode == nil && Self.isOfFullDisk(message) ? .noSpace : .inStream
    self.init(code, message, status: 200, operation: operation, exitCode: exitCode)
  }

  /// Whether an engine's words are those of a full disk: it has no status of its own for it.
  ///
  /// Source: Go, syscall/zerrors_linux_amd64.go, ENOSPC and EDQUOT.
  private static func isOfFullDisk(_ message: String) -> Bool {
    message.contains("no space left on device") || message.contains("disk quota exceeded")
  }
}
