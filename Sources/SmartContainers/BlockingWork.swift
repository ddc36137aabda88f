import Dispatch

/// Work that blocks, done on a thread outside the cooperative pool.
enum BlockingWork {
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
