/// What an engine answered when it did not do what it was asked.
public struct EngineError: Error, Sendable, CustomStringConvertible {
  /// The kinds of refusal, by status code or by where the error stood.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 400: the request makes no sense to the engine.
    public static let badRequest = Code(rawValue: "badRequest")
    /// 401 and 403, and a registry that wants other credentials.
    public static let unauthorized = Code(rawValue: "unauthorized")
    /// 404: no such container, image or path; a registry that has no such image.
    public static let notFound = Code(rawValue: "notFound")
    /// 409: the state does not allow it, or the name is taken.
    public static let conflict = Code(rawValue: "conflict")
    /// 500 and above.
    public static let engineFault = Code(rawValue: "engineFault")
    /// An `errorDetail` inside a stream that began with 200.
    public static let inStream = Code(rawValue: "inStream")
    /// The answer is not what the Engine API describes.
    public static let unexpectedAnswer = Code(rawValue: "unexpectedAnswer")
    /// The engine cannot reach a registry.
    public static let registryUnreachable = Code(rawValue: "registryUnreachable")
    /// What this engine has no way to do.
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

  public init(
    _ code: Code, _ message: String, status: Int? = nil, operation: String, exitCode: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.operation = operation
    self.exitCode = exitCode
  }

  public var description: String { message }

  /// The error of a status of 400 and above.
  init(status: Int, message: String, operation: String) {
    let code: Code =
      switch status {
      case 401, 403: .unauthorized
      case 404: .notFound
      case 409: .conflict
      case 500...: .engineFault
      default: .badRequest
      }
    self.init(code, message, status: status, operation: operation)
  }
}
