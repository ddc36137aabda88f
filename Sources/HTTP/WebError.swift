/// Why something was not fetched from the web.
///
/// No message has a user, a password or a query of a URL in it.
public struct WebError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure that a user can act on.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It is no `http` or `https` URL.
    public static let notAddress = Code(rawValue: "notAddress")
    /// The server, or the proxy, could not be reached.
    public static let unreachable = Code(rawValue: "unreachable")
    /// The server's certificate is not trusted.
    public static let untrusted = Code(rawValue: "untrusted")
    /// The server answered with another status than 200.
    public static let status = Code(rawValue: "status")
    /// A redirect to something that is not fetched, or that names no place.
    public static let forbiddenRedirect = Code(rawValue: "forbiddenRedirect")
    /// More redirects than are followed.
    public static let tooManyRedirects = Code(rawValue: "tooManyRedirects")
    /// More bytes than are taken.
    public static let tooLarge = Code(rawValue: "tooLarge")
    /// The server was silent for too long.
    public static let silent = Code(rawValue: "silent")
    /// It took longer than it may.
    public static let timeLimit = Code(rawValue: "timeLimit")
    /// The answer ended before its end.
    public static let cutShort = Code(rawValue: "cutShort")
    /// Anything else.
    public static let other = Code(rawValue: "other")
  }

  public let code: Code

  /// What happened, in one sentence without a full stop.
  public let message: String

  /// The status of the answer; nil when there was none, or it is not the reason.
  public let status: Int?

  /// What the layer below said.
  public let underlying: TransportError?

  public init(
    _ code: Code, _ message: String, status: Int? = nil, underlying: TransportError? = nil
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.underlying = underlying
  }

  public var description: String {
    underlying?.underlying.map { "\(message) (\($0))" } ?? message
  }
}
