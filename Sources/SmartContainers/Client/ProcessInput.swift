import Canonical
import DockerEngine
import Provenance
import Synchronization

/// The user has pressed the detach keys: the process goes on without them.
struct Detachment: Error {}

/// What goes to the standard input of a process.
///
/// What is piped is digested. What is typed at a terminal is not: it is a conversation, with
/// passwords in it, whose digest would give them away.
final class ProcessInput: Sendable {
  private struct State {
    var hasher = SHA256Hasher()
    var filter: DetachKeyFilter
  }

  private let source: @Sendable () async throws -> [UInt8]?
  private let isTyped: Bool
  private let state: Mutex<State>

  /// - Parameter hasTerminal: whether the process has one, where detach keys are looked for.
  /// - Returns: nil when there is nothing to pass on.
  init?(_ interaction: Interaction, hasTerminal: Bool) {
    guard let source = interaction.input else { return nil }
    self.source = source
    isTyped = hasTerminal
    state = Mutex(State(filter: DetachKeyFilter(interaction.detachKeys)))
  }

  /// The next bytes; nil at the end.
  ///
  /// - Throws: `Detachment`; what the source throws.
  func next() async throws -> [UInt8]? {
    guard let bytes = try await source() else { return nil }
    return try state.withLock { state in
      guard isTyped else {
        state.hasher.update(bytes)
        return bytes
      }
      guard let passed = state.filter.take(bytes) else { throw Detachment() }
      return passed
    }
  }

  /// What was passed on so far; nothing where there was not a byte.
  var contents: [Content] {
    state.withLock { state in
      guard state.hasher.byteCount > 0 else { return [] }
      return [
        Content(
          .standardInput, digest: state.hasher.finalize(), byteCount: state.hasher.byteCount)
      ]
    }
  }
}
