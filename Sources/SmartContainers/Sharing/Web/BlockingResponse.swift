import Dispatch
import Git
import HTTP
import Synchronization

/// A response that is read by a thread that may wait, such as one that libgit2 runs on.
///
/// A task of its own receives it, one chunk ahead of the reader, and ends with `close`.
final class BlockingResponse: Sendable {
  private struct State {
    var head: HTTPResponse?
    var chunk: [UInt8]?
    var end: Result<Void, any Error>?
    var isClosed = false

    /// Who waits for the reader to take the chunk.
    var sender: CheckedContinuation<Void, Never>?
  }

  /// What is shared with the task, which must not keep the response itself alive.
  private final class Channel: Sendable {
    let state = Mutex(State())

    /// Signalled when there is something new.
    let news = DispatchSemaphore(value: 0)

    func put(_ change: @Sendable (inout State) -> Void) {
      state.withLock { change(&$0) }
      news.signal()
    }

    /// Hands a chunk over, and waits until it was taken.
    func send(_ chunk: [UInt8]) async {
      await withCheckedContinuation { continuation in
        let isClosed = state.withLock { state in
          if state.isClosed { return true }
          state.chunk = chunk
          state.sender = continuation
          return false
        }
        if isClosed { continuation.resume() } else { news.signal() }
      }
    }

    func close() {
      let sender = state.withLock { state in
        state.isClosed = true
        defer { state.sender = nil }
        return state.sender
      }
      sender?.resume()
    }
  }

  private let channel = Channel()
  private let task: Task<Void, Never>

  /// Status and header fields; its body is read by `next`.
  let head: HTTPResponse

  /// How often is asked whether the user wants to stop.
  private static let interval = DispatchTimeInterval.milliseconds(100)

  /// Sends a request and waits for the head of its response.
  ///
  /// - Throws: `TransportError`; `GitRemoteError` of code `cancelled`.
  init(
    to request: HTTPRequest, over transport: some HTTPTransport, _ isCancelled: () -> Bool
  ) throws {
    let channel = channel
    task = Task {
      do {
        try await transport.withResponse(to: request) { response in
          channel.put { $0.head = response }
          for try await chunk in response.body { await channel.send(chunk) }
        }
        channel.put { $0.end = .success(()) }
      } catch {
        channel.put { $0.end = .failure(error) }
      }
    }
    do {
      head = try Self.wait(channel, isCancelled) { state in
        if let head = state.head { return .success(head) }
        guard case .failure(let error) = state.end else { return nil }
        return .failure(error)
      }
    } catch {
      task.cancel()
      channel.close()
      throw error
    }
  }

  deinit { close() }

  /// Waits for the next chunk; nil at the end.
  func next(_ isCancelled: () -> Bool) throws -> [UInt8]? {
    try Self.wait(channel, isCancelled) { state in
      if let chunk = state.chunk {
        state.chunk = nil
        state.sender?.resume()
        state.sender = nil
        return .success(chunk)
      }
      return state.end?.map { nil }
    }
  }

  /// Lets go of the connection.
  func close() {
    task.cancel()
    channel.close()
  }

  private static func wait<Value: Sendable>(
    _ channel: Channel, _ isCancelled: () -> Bool,
    until ready: (inout State) -> Result<Value, any Error>?
  ) throws -> Value {
    while true {
      let result = channel.state.withLock { ready(&$0) }
      if let result { return try result.get() }
      guard !isCancelled() else { throw GitRemoteError(.cancelled, "interrupted") }
      _ = channel.news.wait(timeout: .now() + interval)
    }
  }
}
