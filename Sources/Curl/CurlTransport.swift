import HTTP

/// Speaks HTTP/1.1 to one engine over libcurl: a unix socket, TCP or TLS.
///
/// Any number of exchanges run at once, on connections that are kept for the next. One thread,
/// which starts with the first request, moves all bytes; it ends with the transport. Loading
/// libcurl is put off until then as well.
///
/// A cancelled task gets `TransportError` of code `cancelled`. No redirect, cookie, `~/.netrc` or
/// proxy of the environment is honoured, and nothing is decompressed. A kept connection that proves dead is
/// replaced without a word only for idempotent methods; a `POST` is `lost` then, because the
/// engine may have acted on it.
public final class CurlTransport: HTTPTransport, Sendable {
  private let endpoint: HTTPEndpoint
  private let userAgent: String
  private let proxy: WebProxy?
  private let thread = CurlThread()

  /// A transport to an engine, which is not spoken to before the first request.
  public convenience init(endpoint: HTTPEndpoint, userAgent: String) {
    self.init(endpoint: endpoint, userAgent: userAgent, proxy: nil)
  }

  /// A transport to a server of the web.
  init(endpoint: HTTPEndpoint, userAgent: String, proxy: WebProxy?) {
    self.endpoint = endpoint
    self.userAgent = userAgent
    self.proxy = proxy
  }

  /// Sends a request and hands over the response as soon as its header is there.
  ///
  /// A `stream` body, and an `upstream`, is asked for chunks one at a time, in a child task, only
  /// while the engine takes them; it is cancelled, and awaited, when the exchange ends before it.
  ///
  /// - Throws: `TransportError`, what the request's own stream threw, or what `handle` threw.
  public func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    let exchange = Exchange(
      request, endpoint: endpoint, proxy: proxy, mailbox: thread.mailbox)
    return try await withTaskCancellationHandler {
      try thread.start(exchange, userAgent: userAgent)
      defer { exchange.abandon(TransportError.cancelled(endpoint)) }
      guard let next = exchange.source else { return try await converse(exchange, handle) }
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await exchange.feed(from: next) }
        defer {
          exchange.abandon(TransportError.cancelled(endpoint))
          group.cancelAll()
        }
        do {
          let result = try await converse(exchange, handle)
          if let failure = exchange.uploadFailure { throw failure }
          return result
        } catch {
          throw exchange.uploadFailure ?? error
        }
      }
    } onCancel: {
      exchange.abandon(TransportError.cancelled(endpoint))
    }
  }

  private func converse<Result: Sendable>(
    _ exchange: Exchange, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    let head = try await exchange.head()
    let body = HTTPResponseBody { try await exchange.nextChunk() }
    return try await handle(HTTPResponse(status: head.status, headers: head.headers, body: body))
  }
}

extension CurlTransport {
  /// Loads libcurl now rather than at the first request; a failure shows there.
  public static func loadLibrary() { try? CurlThread.load() }

  /// The version of libcurl, `7.88.1`; nil when it is not there.
  public static var libraryVersion: String? {
    (try? CurlThread.load()).flatMap { CurlThread.libraryVersion }
  }
}
