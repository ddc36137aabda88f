import Dispatch
import Synchronization

/// Work that blocks, done on a thread outside the cooperative pool.
enum BlockingWork {
  /// Does work that asks whether its task is cancelled.
  static func run<Result: Sendable>(
    cancellable body: @escaping @Sendable (@escaping @Sendable () -> Bool) throws -> Result
  ) async throws -> Result {
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await run { try body { flag.isSet } }
    } onCancel: {
      flag.set()
    }
  }

  static func run<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Swift.Result(catching: body))
      }
    }
  }
}

/// Whether a task was cancelled, for threads that are no tasks.
private final class CancellationFlag: Sendable {
  private let state = Mutex(false)

  var isSet: Bool { state.withLock { $0 } }

  func set() { state.withLock { $0 = true } }
}
