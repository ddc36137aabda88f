import HTTP
import SystemPackage

/// Fetches from the web: follows redirects, goes through proxies, keeps limits.
///
/// Nothing that was said to an engine is said here: each address has a transport of its own.
public struct WebClient: Sendable {
  /// How much is taken, and how long it may take.
  public struct Limits: Sendable, Equatable {
    /// The most bytes; nil for any number.
    public var byteCount: Int64?

    /// The longest time for all of it; nil for any.
    public var total: Duration?

    /// The longest silence of a server that is waited for; nil for any.
    public var idle: Duration?

    public var connect: Duration
    public var redirects: Int

    public init(
      byteCount: Int64? = 16 << 30, total: Duration? = nil, idle: Duration? = .seconds(60),
      connect: Duration = .seconds(30), redirects: Int = 10
    ) {
      self.byteCount = byteCount
      self.total = total
      self.idle = idle
      self.connect = connect
      self.redirects = redirects
    }
  }

  public var userAgent: String
  public var limits: Limits
  public var proxies = WebProxies()

  /// The media types that are asked for, as `Accept` has them (RFC 9110, 12.5.1).
  public var accepts = "*/*"

  /// The certificates of those who may vouch for servers; nil for the system's.
  public var authority: FilePath?

  /// The certificate that is shown to servers, and its key; nil for none.
  public var certificate: FilePath?
  public var key: FilePath?

  /// Whether servers' certificates are checked.
  public var isVerifying = true

  public init(userAgent: String, limits: Limits = Limits()) {
    self.userAgent = userAgent
    self.limits = limits
  }

  /// Fetches what is at an address and hands it over as soon as it begins.
  ///
  /// A reader that stops asking for bytes stalls the server, and is not taken for its silence.
  ///
  /// - Parameter handle: gets the bytes, and the address to which redirects led.
  /// - Throws: `WebError`, also from the body; what `handle` threw; `TransportError` of code
  ///   `cancelled`.
  public func fetch<Result: Sendable>(
    _ address: WebAddress,
    _ handle: (WebAddress, HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await response(at: address) { try await handle($0, $1.body) }
  }

  /// Fetches what is at an address as `fetch` does, and hands it over with its header fields.
  public func response<Result: Sendable>(
    at address: WebAddress,
    _ handle: (WebAddress, HTTPResponse) async throws -> Result
  ) async throws -> Result {
    let deadline = limits.total.map { ContinuousClock.now + $0 }
    var address = address
    var authorization = WebCredentials(address)?.authorization
    for _ in 0...max(0, limits.redirects) {
      switch try await visit(address, authorization, until: deadline, handle) {
      case .here(let result): return result
      case .elsewhere(let next):
        // Whoever is led elsewhere takes no password along, but for one that stands there.
        let kept = next.hasSameOrigin(as: address) ? authorization : nil
        authorization = WebCredentials(next)?.authorization ?? kept
        address = next
      }
    }
    throw WebError(
      .tooManyRedirects,
      "\(address.shown) is one redirect more than the \(limits.redirects) "
        + "that are followed")
  }

  private enum Visit<Result: Sendable>: Sendable {
    case here(Result)
    case elsewhere(WebAddress)
  }

  private func visit<Result: Sendable>(
    _ address: WebAddress, _ authorization: String?, until deadline: ContinuousClock.Instant?,
    _ handle: (WebAddress, HTTPResponse) async throws -> Result
  ) async throws -> Visit<Result> {
    let transport = transport(to: address)
    var request = HTTPRequest(
      method: "GET", target: address.target, headers: ["Accept": accepts],
      limits: HTTPTimeLimits(connect: limits.connect, idle: limits.idle))
    request.headers["Authorization"] = authorization
    request.limits.total = deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
    var isHandedOver = false
    do {
      return try await transport.withResponse(to: request) { response in
        if let next = try redirect(response, from: address) { return .elsewhere(next) }
        try check(response, of: address)
        var response = response
        response.body = limited(response.body, of: address)
        isHandedOver = true
        return .here(try await handle(address, response))
      }
    } catch let error as TransportError where !isHandedOver && error.code != .cancelled {
      throw WebError(error, at: address)
    }
  }

  /// The transport to the server of an address, through the proxy where there is one. It keeps its
  /// connections, and follows nothing.
  public func transport(to address: WebAddress) -> CurlTransport {
    CurlTransport(
      endpoint: .tcp(host: address.host, port: address.port, tls: tls(address)),
      userAgent: userAgent, proxy: proxies.proxy(for: address.scheme))
  }

  private func tls(_ address: WebAddress) -> TLSFiles? {
    guard address.scheme == .https else { return nil }
    return TLSFiles(
      authority: authority, certificate: certificate, key: key, isVerifying: isVerifying)
  }

  private func redirect(
    _ response: HTTPResponse, from address: WebAddress
  ) throws(WebError) -> WebAddress? {
    guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
    guard let place = response.headers["Location"] else {
      throw WebError(
        .forbiddenRedirect, "\(address.shown) is elsewhere, and the server does not say where",
        status: response.status)
    }
    return try address.resolving(place)
  }

  private func check(_ response: HTTPResponse, of address: WebAddress) throws(WebError) {
    guard response.status == 200 else {
      throw WebError(
        .status, "the server answered with status \(response.status) for \(address.shown)",
        status: response.status)
    }
    guard let limit = limits.byteCount,
      let length = response.headers["Content-Length"].flatMap({ Int64($0) }), length > limit
    else { return }
    throw tooLarge(address, limit)
  }

  /// The body, which ends with an error when it is too large or cut short.
  private func limited(_ body: HTTPResponseBody, of address: WebAddress) -> HTTPResponseBody {
    let counter = ByteCounter()
    return HTTPResponseBody {
      do {
        var chunks = body.makeAsyncIterator()
        let chunk = try await chunks.next()
        let count = counter.add(chunk?.count ?? 0)
        if let limit = limits.byteCount, count > limit { throw tooLarge(address, limit) }
        return chunk
      } catch let error as TransportError where error.code != .cancelled {
        throw WebError(error, at: address)
      }
    }
  }

  private func tooLarge(_ address: WebAddress, _ limit: Int64) -> WebError {
    WebError(.tooLarge, "\(address.shown) is larger than \(limit) bytes")
  }
}

extension WebError {
  /// Says what became of the bytes of an address.
  init(_ error: TransportError, at address: WebAddress) {
    let code: Code =
      switch error.code {
      case .refused, .unknownHost, .connectTimeout, .permissionDenied: .unreachable
      case .untrustedEngine, .clientCertificate, .tlsMismatch, .certificateFile: .untrusted
      case .idleTimeout: .silent
      case .timeLimit: .timeLimit
      case .lost: .cutShort
      default: .other
      }
    self.init(code, "\(address.shown) was not fetched: \(error.message)", underlying: error)
  }
}
