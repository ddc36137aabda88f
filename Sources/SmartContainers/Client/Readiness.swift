import Synchronization

/// Waits until several things have begun, or one of them has failed to.
final class Readiness: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  private let remaining: Mutex<Int>

  init(count: Int) {
    (stream, continuation) = AsyncStream<Void>.makeStream()
    remaining = Mutex(count)
  }

  /// One of them has begun.
  func signal() {
    let isLast = remaining.withLock { remaining in
      remaining -= 1
      return remaining == 0
    }
    if isLast { continuation.finish() }
  }

  /// Runs one of them; nobody waits any longer when it fails.
  func guarding<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch {
      continuation.finish()
      throw error
    }
  }

  /// Returns whether all have begun.
  func wait() async -> Bool {
    for await _ in stream {}
    return remaining.withLock { $0 == 0 }
  }
}
