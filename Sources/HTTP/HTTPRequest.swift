/// An HTTP/1.1 request to an engine (RFC 9110), with what the transport needs to know of time.
public struct HTTPRequest: Sendable {
  /// The method, in upper case: `GET`, `POST` …
  public var method: String

  /// The path and query, percent-encoded, as they go on the request line: `/v1.41/info`.
  public var target: String

  /// The header fields that the caller sets. `Host` and the framing of the body are the
  /// transport's own.
  public var headers: HTTPHeaders

  /// What is sent.
  public var body: HTTPRequestBody

  /// What is sent besides, once the response's header is there, on a connection that is then
  /// taken over in both directions (Engine API, "hijacking"); nil for an ordinary exchange. A
  /// chunk is asked for when the one before it is sent; nil half-closes the connection.
  public var upstream: (@Sendable () async throws -> [UInt8]?)?

  /// How long connecting, and silence, may last.
  public var limits: HTTPTimeLimits

  public init(
    method: String, target: String, headers: HTTPHeaders = [:],
    body: HTTPRequestBody = .none, upstream: (@Sendable () async throws -> [UInt8]?)? = nil,
    limits: HTTPTimeLimits = .default
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.upstream = upstream
    self.limits = limits
  }
}

/// What a request sends.
public enum HTTPRequestBody: Sendable {
  /// No body.
  case none

  /// Bytes that are at hand.
  case bytes([UInt8])

  /// Bytes that are asked for one chunk at a time, only when the engine takes them; nil ends
  /// them. With a length in bytes they are sent as such, without one in chunked coding.
  case stream(length: Int64?, next: @Sendable () async throws -> [UInt8]?)
}

/// How long a request may wait.
public struct HTTPTimeLimits: Sendable, Equatable {
  /// The time in which the connection, with its TLS handshake, must stand.
  public var connect: Duration

  /// The longest silence, in either direction, once connected; nil where silence is normal
  /// (`wait`, `logs --follow`, `events`).
  public var idle: Duration?

  /// The longest time from the start to the last byte; nil for any.
  public var total: Duration?

  public init(
    connect: Duration = .seconds(10), idle: Duration? = .seconds(300), total: Duration? = nil
  ) {
    self.connect = connect
    self.idle = idle
    self.total = total
  }

  /// Ten seconds to connect, five minutes of silence.
  public static let `default` = HTTPTimeLimits()

  /// Ten seconds to connect, and any silence.
  public static let patient = HTTPTimeLimits(idle: nil)
}
