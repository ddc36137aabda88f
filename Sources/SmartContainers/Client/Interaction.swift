import DockerEngine

/// The user's side of a process: what goes to its standard input, and the terminal before it.
public struct Interaction: Sendable {
  /// The next bytes for standard input; nil ends it. Without it standard input is not passed on.
  public var input: (@Sendable () async throws -> [UInt8]?)?

  /// How large the user's terminal is, now and whenever that changes; for a process with a
  /// terminal.
  public var terminalSizes: AsyncStream<TerminalSize>

  /// The keys by which the user leaves a process with a terminal.
  public var detachKeys = DetachKeys.standard

  public init(
    input: (@Sendable () async throws -> [UInt8]?)? = nil,
    terminalSizes: AsyncStream<TerminalSize> = AsyncStream { $0.finish() },
    detachKeys: DetachKeys = .standard
  ) {
    self.input = input
    self.terminalSizes = terminalSizes
    self.detachKeys = detachKeys
  }
}

extension Interaction {
  /// How often the engine is told a size, and how long it has in between: the terminal of a
  /// process that has just been started may not be there yet.
  private static let attempts = 20
  private static let patience = Duration.milliseconds(25)

  /// Tells the engine how large the user's terminal is, for as long as there is news.
  func passSizes(_ tell: (TerminalSize) async throws -> Void) async {
    for await size in terminalSizes {
      for _ in 0..<Self.attempts {
        do {
          try await tell(size)
          break
        } catch {
          guard (try? await Task.sleep(for: Self.patience)) != nil else { return }
        }
      }
    }
  }
}
