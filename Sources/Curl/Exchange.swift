import HTTP
import Synchronization

/// Where the task that wants a response and the curl thread that moves its bytes meet.
final class Exchange: Sendable {
  let request: HTTPRequest
  let endpoint: HTTPEndpoint
  let proxy: WebProxy?

  private struct Shared: Sendable {
    var state: ExchangeState
    /// Tasks that wait for the head or the next bytes.
    var readers: [CheckedContinuation<Void, Never>] = []
    /// The task that waits until libcurl wants more of the request's body.
    var feeders: [CheckedContinuation<Void, Never>] = []

    mutating func everybody() -> [CheckedContinuation<Void, Never>] {
      defer { (readers, feeders) = ([], []) }
      return readers + feeders
    }
  }

  private let shared: Mutex<Shared>
  private let mailbox: CurlMailbox

  init(
    _ request: HTTPRequest, endpoint: HTTPEndpoint, proxy: WebProxy? = nil, mailbox: CurlMailbox
  ) {
    self.request = request
    self.endpoint = endpoint
    self.proxy = proxy
    self.mailbox = mailbox
    // Of a connection that is taken over, the upload is what follows the response's head.
    let upload = request.upstream.map { .stream(length: nil, next: $0) } ?? request.body
    shared = Mutex(Shared(state: ExchangeState(upload, endpoint: endpoint)))
  }

  /// Where the bytes to be uploaded come from one chunk at a time; nil where they are at hand.
  var source: (@Sendable () async throws -> [UInt8]?)? {
    if case .stream(_, let next) = request.body { next } else { request.upstream }
  }
}

/// What the curl thread calls.
extension Exchange {
  /// Whether there is an end, good or bad.
  var hasEnded: Bool { shared.withLock { $0.state.outcome != nil } }

  /// Takes the head; true when libcurl must be told that sending goes on.
  func receive(_ head: ResponseHead) -> Bool { shared.withLock { $0.state.receive(head) } }

  func receive(_ bytes: UnsafeRawBufferPointer) -> ExchangeState.Reception {
    shared.withLock { $0.state.receive(bytes) }
  }

  /// Copies bytes of the request's body; asks for more when there is room for them.
  func supply(to buffer: UnsafeMutableRawBufferPointer) -> UploadState.Supply {
    let (supply, waiting) = shared.withLock { shared in
      let supply = shared.state.upload.supply(to: buffer)
      guard shared.state.upload.wantsChunk else {
        return (supply, [CheckedContinuation<Void, Never>]())
      }
      defer { shared.feeders = [] }
      return (supply, shared.feeders)
    }
    for feeder in waiting { feeder.resume() }
    return supply
  }

  func rewindUpload() -> Bool { shared.withLock { $0.state.upload.rewind() } }

  /// Whether more bytes could come before the reader has enough of them.
  var isWorthCollecting: Bool { shared.withLock { $0.state.isWorthCollecting } }

  /// Wakes who waits for what came since the last call; once for all that libcurl had at hand.
  func announce() {
    let waiting = shared.withLock { shared in
      defer { shared.readers = [] }
      return shared.readers
    }
    for reader in waiting { reader.resume() }
  }

  /// Ends the exchange; what came before stays readable.
  func finish(_ end: Result<Void, any Error>) {
    let waiting = shared.withLock { shared in
      shared.state.finish(end)
      return shared.everybody()
    }
    for one in waiting { one.resume() }
  }
}

/// What the task calls.
extension Exchange {
  /// Waits for the head.
  func head() async throws -> ResponseHead {
    while true {
      let (head, outcome) = shared.withLock { ($0.state.head, $0.state.outcome) }
      if let head { return head }
      switch outcome {
      case .failure(let error): throw error
      case .success:
        throw TransportError.noHTTP(UnsafeRawBufferPointer(start: nil, count: 0), from: endpoint)
      case nil: await waitAsReader { $0.head == nil && $0.outcome == nil }
      }
    }
  }

  /// Waits for the next bytes of the response's body; nil at the end.
  func nextChunk() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      while true {
        switch shared.withLock({ $0.state.take() }) {
        case .chunk(let bytes, let resume):
          if resume { mailbox.post(.resumeReceiving(self)) }
          return bytes
        case .end: return nil
        case .failure(let error): throw error
        case .wait: await waitAsReader { !$0.hasNews }
        }
      }
    } onCancel: {
      abandon(TransportError.cancelled(endpoint))
    }
  }

  /// Asks for the request's body one chunk at a time, whenever libcurl wants more of it.
  func feed(from next: @Sendable () async throws -> [UInt8]?) async {
    while await wantsChunk() {
      do {
        var chunk = try await next()
        while chunk?.isEmpty == true { chunk = try await next() }
        try offer(chunk)
      } catch {
        return fail(Task.isCancelled ? TransportError.cancelled(endpoint) : error)
      }
    }
  }

  /// What the request's own stream threw while its bytes were wanted.
  var uploadFailure: (any Error)? { shared.withLock { $0.state.upload.failure } }

  /// Ends the exchange at once, and drops what was not read.
  func abandon(_ error: any Error) {
    let (wasRunning, waiting) = shared.withLock { shared in
      let wasRunning = shared.state.outcome == nil
      shared.state.abandon(error)
      return (wasRunning, shared.everybody())
    }
    for one in waiting { one.resume() }
    if wasRunning { mailbox.post(.remove(self)) }
  }

  private func wantsChunk() async -> Bool {
    while true {
      let (isWanted, isOver) = shared.withLock {
        ($0.state.upload.wantsChunk, $0.state.isUploadOver)
      }
      if isWanted || isOver { return isWanted && !isOver }
      await withCheckedContinuation { continuation in
        let isNews = shared.withLock { shared in
          let isNews = shared.state.upload.wantsChunk || shared.state.isUploadOver
          if !isNews { shared.feeders.append(continuation) }
          return isNews
        }
        if isNews { continuation.resume() }
      }
    }
  }

  private func offer(_ chunk: [UInt8]?) throws {
    let resume = try shared.withLock { shared throws(TransportError) in
      try shared.state.upload.offer(chunk)
      return shared.state.upload.resume()
    }
    if resume { mailbox.post(.resumeSending(self)) }
  }

  /// Notes a failure of the request's stream, unless its bytes were no longer wanted.
  private func fail(_ error: any Error) {
    let isWanted = shared.withLock { shared in
      guard !shared.state.isUploadOver else { return false }
      shared.state.upload.fail(error)
      return true
    }
    if isWanted { abandon(error) }
  }

  private func waitAsReader(while isWaiting: @Sendable (ExchangeState) -> Bool) async {
    await withCheckedContinuation { continuation in
      let isNews = shared.withLock { shared in
        guard isWaiting(shared.state) else { return true }
        shared.readers.append(continuation)
        return false
      }
      if isNews { continuation.resume() }
    }
  }
}
