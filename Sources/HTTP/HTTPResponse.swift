/// An HTTP response, whose body is read as it comes.
public struct HTTPResponse: Sendable {
  /// The status code, 100 to 599.
  public var status: Int

  /// The header fields as received.
  public var headers: HTTPHeaders

  /// The body, not yet read.
  public var body: HTTPResponseBody

  public init(status: Int, headers: HTTPHeaders, body: HTTPResponseBody) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// The bytes of a response, once through, in chunks of the transport's size.
///
/// Asking for the next chunk is what lets the sender go on: a reader that stops asking stalls
/// it. The body ends with the scope of `HTTPTransport.withResponse`.
public struct HTTPResponseBody: AsyncSequence, Sendable {
  private let next: @Sendable () async throws -> [UInt8]?

  /// A body of the chunks that `next` yields, nil at the end.
  public init(next: @escaping @Sendable () async throws -> [UInt8]?) { self.next = next }

  public func makeAsyncIterator() -> Iterator { Iterator(next: next) }

  /// Reads the chunks in order.
  public struct Iterator: AsyncIteratorProtocol {
    let next: @Sendable () async throws -> [UInt8]?

    /// The next chunk, never empty; nil at the end. Throws `TransportError`.
    public mutating func next() async throws -> [UInt8]? { try await next() }
  }

  /// The same body, each chunk shown to `observe` before the reader gets it; nil is the end.
  public func observed(by observe: @escaping @Sendable ([UInt8]?) -> Void) -> HTTPResponseBody {
    HTTPResponseBody { [next] in
      let chunk = try await next()
      observe(chunk)
      return chunk
    }
  }

  /// The whole body, for answers that are known to be small.
  ///
  /// - Throws: `TransportError` of code `tooLarge` when there are more than `limit` bytes.
  public func collect(upTo limit: Int = 64 << 20) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in self {
      bytes += chunk
      guard bytes.count <= limit else {
        throw TransportError(
          .tooLarge, "the answer is larger than \(limit) bytes", underlying: nil)
      }
    }
    return bytes
  }
}
