import Dispatch
import Synchronization

/// Hands chunks from a task that may not block to a thread that may.
///
/// The task waits while `capacity` chunks lie unread, so that memory is bounded.
final class StreamPipe: Sendable {
  private static let capacity = 8

  private struct State {
    var chunks: [[UInt8]] = []
    var isAbandoned = false
    var hasFailed = false
    var writer: CheckedContinuation<Bool, Never>?
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)

  /// Writes all chunks, each once there is room, and ends the pipe.
  ///
  /// - Throws: what `chunks` throws; `CancellationError` when nobody reads any more.
  func fill(_ chunks: some AsyncSequence<[UInt8], any Error>) async throws {
    for try await chunk in chunks {
      guard await put(chunk) else { throw CancellationError() }
    }
    filled.signal()
  }

  private func put(_ chunk: [UInt8]) async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        guard !state.isAbandoned else { return false }
        state.chunks.append(chunk)
        guard state.chunks.count >= Self.capacity else { return true }
        state.writer = continuation
        return nil
      }
      filled.signal()
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// Waits for the next chunk; nil at the end.
  func take() -> [UInt8]? {
    filled.wait()
    let (chunk, writer) = state.withLock { state in
      let chunk = state.chunks.isEmpty ? nil : state.chunks.removeFirst()
      defer { state.writer = nil }
      return (chunk, state.writer)
    }
    // Whoever asks again is told again.
    if chunk == nil { filled.signal() }
    writer?.resume(returning: true)
    return chunk
  }

  /// Whether the chunks ended before their end.
  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// Ends the pipe before the end of the chunks.
  func fail() {
    state.withLock { $0.hasFailed = true }
    filled.signal()
  }

  /// Says that nobody reads any more.
  func abandon() {
    let writer = state.withLock { state in
      state.isAbandoned = true
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume(returning: false)
  }
}
