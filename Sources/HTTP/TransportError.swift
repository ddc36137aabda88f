/// Why bytes did not move.
public struct TransportError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure that a user can act on, each in its own way.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no socket at that path.
    public static let noSocket = Code(rawValue: "noSocket")
    /// Nothing listens there.
    public static let refused = Code(rawValue: "refused")
    /// The user may not open the socket.
    public static let permissionDenied = Code(rawValue: "permissionDenied")
    /// The host name does not resolve.
    public static let unknownHost = Code(rawValue: "unknownHost")
    /// No connection within the limit.
    public static let connectTimeout = Code(rawValue: "connectTimeout")
    /// Connected, and then silent for too long.
    public static let idleTimeout = Code(rawValue: "idleTimeout")
    /// Not over within the limit for all of it.
    public static let timeLimit = Code(rawValue: "timeLimit")
    /// The engine's certificate is not one that the CA vouches for, or for another host.
    public static let untrustedEngine = Code(rawValue: "untrustedEngine")
    /// The engine did not accept our certificate, or wanted one.
    public static let clientCertificate = Code(rawValue: "clientCertificate")
    /// A certificate or key file is missing or unreadable.
    public static let certificateFile = Code(rawValue: "certificateFile")
    /// The other side speaks TLS and we do not, or the reverse.
    public static let tlsMismatch = Code(rawValue: "tlsMismatch")
    /// The proxy on the way wants to know who asks, or somebody else.
    public static let proxyAuthentication = Code(rawValue: "proxyAuthentication")
    /// The connection ended in the middle.
    public static let lost = Code(rawValue: "lost")
    /// The answer is no HTTP.
    public static let malformed = Code(rawValue: "malformed")
    /// A body that should be small is not.
    public static let tooLarge = Code(rawValue: "tooLarge")
    /// The task was cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
    /// Anything else.
    public static let other = Code(rawValue: "other")
  }

  /// The kind of failure.
  public let code: Code

  /// What happened, in one sentence without a full stop.
  public let message: String

  /// The library's own words, where they say more.
  public let underlying: String?

  public init(_ code: Code, _ message: String, underlying: String?) {
    self.code = code
    self.message = message
    self.underlying = underlying
  }

  public var description: String { underlying.map { "\(message) (\($0))" } ?? message }
}
