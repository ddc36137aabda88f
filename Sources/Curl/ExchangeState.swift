import HTTP

/// What is known of one exchange, without any I/O: the curl thread feeds it, a task drains it.
struct ExchangeState: Sendable {
  /// The most bytes that wait for the reader; beyond them the sender is stalled.
  static let capacity = 256 << 10

  /// As many bytes are handed over at once where they come fast enough.
  private static let worthwhileCount = 64 << 10

  /// What libcurl is told about bytes that came.
  enum Reception: Equatable {
    case taken
    case pause
    case refuse
  }

  /// What the reader finds.
  enum Reading {
    /// Bytes, and whether libcurl must be told to go on.
    case chunk([UInt8], resume: Bool)
    case end
    case failure(any Error)
    case wait
  }

  /// The body of the request.
  var upload: UploadState

  /// The head, once the reader may have it.
  private(set) var head: ResponseHead?

  /// How the exchange ended; nil while it runs.
  private(set) var outcome: Result<Void, any Error>?

  /// A head that may be a TLS server's way to say that it does not speak plain HTTP.
  private var heldHead: ResponseHead?
  private var incoming: [UInt8] = []
  private var lastChunkCount = 0
  /// Bytes of the body that are still to come, where their number was said.
  private var expected: Int64?
  private var isReceivingPaused = false
  private let endpoint: HTTPEndpoint

  init(_ body: HTTPRequestBody, endpoint: HTTPEndpoint) {
    upload = UploadState(body)
    self.endpoint = endpoint
  }

  /// Takes the head.
  ///
  /// - Returns: whether libcurl, paused for more of a body that is now not wanted, must be told
  ///   to go on.
  mutating func receive(_ head: ResponseHead) -> Bool {
    if endpoint.isPlainTCP, head.isVersionOneZero, head.status == 400, head.headers.fields.isEmpty {
      heldHead = head
    } else {
      self.head = head
    }
    expected = head.status == 204 ? 0 : head.headers["Content-Length"].flatMap { Int64($0) }
    // From 300 on libcurl stops sending by itself (lib/http.c, "stop sending").
    guard head.status >= 300 else { return false }
    upload.stop()
    return upload.resume()
  }

  /// Takes bytes of the body.
  mutating func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
    guard outcome == nil else { return .refuse }
    guard head != nil || heldHead != nil else {
      finish(.failure(TransportError.noHTTP(bytes, from: endpoint)))
      return .refuse
    }
    guard incoming.isEmpty || incoming.count + bytes.count <= Self.capacity else {
      isReceivingPaused = true
      return .pause
    }
    if incoming.isEmpty { incoming.reserveCapacity(max(bytes.count, lastChunkCount)) }
    incoming.append(contentsOf: bytes)
    if let count = expected { expected = count - Int64(bytes.count) }
    if incoming.count > Self.plainRequestNotice.utf8.count { releaseHead() }
    return .taken
  }

  /// Gives the reader what is there.
  mutating func take() -> Reading {
    if !incoming.isEmpty {
      let chunk = incoming
      incoming = []
      lastChunkCount = chunk.count
      defer { isReceivingPaused = false }
      return .chunk(chunk, resume: isReceivingPaused)
    }
    switch outcome {
    case .success: return .end
    case .failure(let error): return .failure(error)
    case nil: return .wait
    }
  }

  /// Whether a reader would not have to wait.
  var hasNews: Bool { !incoming.isEmpty || outcome != nil }

  /// Whether the reader would find few bytes, of which more could come in a moment.
  var isWorthCollecting: Bool { outcome == nil && incoming.count < Self.worthwhileCount }

  /// Whether no more of the request's body is sent.
  var isUploadOver: Bool { outcome != nil || upload.isStopped || upload.isTaken }

  /// Ends the exchange; only the first end counts.
  mutating func finish(_ end: Result<Void, any Error>) {
    guard outcome == nil else { return }
    outcome = end
    if case .failure(let error) = end, (error as? TransportError)?.code == .lost, isAnswered {
      outcome = .success(())
    }
    guard heldHead != nil else { return }
    if case .success = end, incoming.elementsEqual(Self.plainRequestNotice.utf8) {
      outcome = .failure(TransportError.plainToTLS(endpoint))
    } else {
      releaseHead()
    }
  }

  /// Ends the exchange and drops what was not read.
  mutating func abandon(_ error: any Error) {
    finish(.failure(error))
    guard !incoming.isEmpty else { return }
    incoming = []
    outcome = .failure(error)
  }

  /// Whether the whole answer came before the request was sent to its end: an engine that has
  /// seen enough answers 200 and closes, which libcurl finds out by failing to send the rest.
  private var isAnswered: Bool { head != nil && expected == 0 && !upload.isComplete }

  /// What Go's TLS server answers to plain HTTP, as HTTP/1.0 400 with no header field.
  ///
  /// Source: net/http/server.go, `(*conn).serve`.
  private static let plainRequestNotice = "Client sent an HTTP request to an HTTPS server.\n"

  private mutating func releaseHead() {
    guard let held = heldHead else { return }
    head = held
    heldHead = nil
  }
}
