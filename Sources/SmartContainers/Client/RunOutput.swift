import Canonical
import DockerEngine
import Provenance
import Synchronization

/// What a container writes on its way to whoever reads it, each stream digested for itself.
///
/// A container outlives its reader, and so does its record: when a piece cannot be passed on,
/// the rest is read and digested, and passed on no more.
final class RunOutput: Sendable {
  private struct State {
    var hashers: [(stream: OutputChunk.Stream, hasher: SHA256Hasher)] = [
      (.standardOutput, SHA256Hasher()), (.standardError, SHA256Hasher()),
    ]
    var failure: (any Error)?
  }

  private let reader: @Sendable (OutputChunk) async throws -> Void
  private let state = Mutex(State())

  /// - Parameter reader: called with each piece, one at a time.
  init(reader: @escaping @Sendable (OutputChunk) async throws -> Void) { self.reader = reader }

  /// Why the output could not be passed on; nil when all of it was.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Takes a piece, and waits until it is passed on.
  ///
  /// - Throws: when the task is cancelled.
  func take(_ chunk: OutputChunk) async throws {
    let isRead = state.withLock { state in
      for index in state.hashers.indices where state.hashers[index].stream == chunk.stream {
        state.hashers[index].hasher.update(chunk.bytes)
      }
      return state.failure == nil
    }
    guard isRead else { return }
    do {
      try await reader(chunk)
    } catch {
      try Task.checkCancellation()
      state.withLock { $0.failure = error }
    }
  }

  /// What the container wrote so far; nothing for a stream without a byte.
  var contents: [Content] {
    state.withLock { state in
      state.hashers.filter { $0.hasher.byteCount > 0 }.map { stream, hasher in
        Content(
          stream == .standardError ? .standardError : .standardOutput,
          digest: hasher.finalize(), byteCount: hasher.byteCount)
      }
    }
  }
}
