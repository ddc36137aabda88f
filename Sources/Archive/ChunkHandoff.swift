import Dispatch
import Synchronization

/// Hands chunks from one thread that may block to one task that may not.
///
/// The producer waits while `capacity` chunks lie unread, so that memory is bounded; either
/// side's end wakes the other.
final class ChunkHandoff: Sendable {
  /// What the consumer may learn of the progress.
  struct Progress: Sendable {
    var entries = 0
    var bytes: Int64 = 0
  }

  private struct State {
    var chunks: [[UInt8]] = []
    var end: Result<Void, ArchiveError>?
    var isCancelled = false
    var isProducerWaiting = false
    var consumer: CheckedContinuation<[UInt8]?, any Error>?
    var progress = Progress()
  }

  private let capacity: Int
  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)

  init(capacity: Int) { self.capacity = capacity }

  var progress: Progress { state.withLock { $0.progress } }

  /// Whether the consumer has gone; the producer should stop.
  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func countEntry() { state.withLock { $0.progress.entries += 1 } }

  /// Hands over a chunk, after waiting for room; false when nobody wants it.
  func put(_ chunk: [UInt8]) -> Bool {
    enum Step {
      case done, wait, stop
      case give(CheckedContinuation<[UInt8]?, any Error>)
    }
    while true {
      let step: Step = state.withLock { state in
        if state.isCancelled { return .stop }
        if let consumer = state.consumer {
          state.consumer = nil
          state.progress.bytes += Int64(chunk.count)
          return .give(consumer)
        }
        if state.chunks.count < capacity {
          state.chunks.append(chunk)
          return .done
        }
        state.isProducerWaiting = true
        return .wait
      }
      switch step {
      case .done: return true
      case .stop: return false
      case .wait: room.wait()
      case .give(let consumer):
        consumer.resume(returning: chunk)
        return true
      }
    }
  }

  /// Says that no chunk follows, and why.
  func finish(_ end: Result<Void, ArchiveError>) {
    let consumer = state.withLock { state in
      state.end = end
      defer { state.consumer = nil }
      return state.consumer
    }
    consumer?.resume(with: end.map { nil }.mapError { $0 })
  }

  /// The next chunk; nil at the end.
  func take() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer: Result<[UInt8]?, any Error>? = state.withLock { state in
          if state.isCancelled { return .failure(CancellationError()) }
          if !state.chunks.isEmpty {
            let chunk = state.chunks.removeFirst()
            state.progress.bytes += Int64(chunk.count)
            wakeProducer(&state)
            return .success(chunk)
          }
          if let end = state.end { return end.map { nil }.mapError { $0 } }
          guard state.consumer == nil else {
            return .failure(
              ArchiveError(.unavailable, call: "next", "two readers share one archive"))
          }
          state.consumer = continuation
          return nil
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      cancel()
    }
  }

  /// Says that nobody wants further chunks.
  func cancel() {
    let consumer = state.withLock { state in
      state.isCancelled = true
      state.chunks = []
      wakeProducer(&state)
      defer { state.consumer = nil }
      return state.consumer
    }
    consumer?.resume(throwing: CancellationError())
  }

  private func wakeProducer(_ state: inout State) {
    guard state.isProducerWaiting else { return }
    state.isProducerWaiting = false
    room.signal()
  }
}
