import Glibc
import SmartContainers
import Synchronization

/// The user's side of a process in a container: standard input, terminal and signals.
struct UserSession {
  /// Whether standard input is passed on.
  var passesInput = false

  /// Whether the process has a terminal.
  var hasTerminal = false

  /// Whether the user's signals go to the container, instead of ending `sc`.
  var forwardsSignals = true
  var detachKeys = DetachKeys.standard

  /// How often the user must ask a container to end that does not, until it is killed.
  private static let patience = 3

  private static let forwarded = [
    SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGQUIT: "QUIT", SIGUSR1: "USR1",
    SIGUSR2: "USR2",
  ]

  /// What a session hands to the client.
  struct Ends {
    let interaction: Interaction
    let signals: AsyncStream<String>
  }

  /// Does something with the user at the other end.
  ///
  /// - Throws: `UsageError` where a process with a terminal is to be typed to, and standard input is
  ///   none; what `body` throws.
  func during<Result>(_ body: (Ends) async throws -> Result) async throws -> Result {
    let isTyped = passesInput && hasTerminal
    guard !isTyped || isatty(STDIN_FILENO) == 1 else {
      throw UsageError("-i and -t: standard input is no terminal; leave -t out to pipe into it")
    }
    let (signals, signalled) = AsyncStream<String>.makeStream()
    let (sizes, resized) = AsyncStream<TerminalSize>.makeStream(
      bufferingPolicy: .bufferingNewest(1))
    let previous = takeSignals(signalled, resized)
    defer {
      Interruption.shared.setAction(previous)
      signalled.finish()
      resized.finish()
    }
    if hasTerminal, let size = RawTerminal.size { resized.yield(size) }
    var interaction = Interaction(terminalSizes: sizes, detachKeys: detachKeys)
    if passesInput {
      let source = try FileSource(.standardInput)
      interaction.input = { try await source.next() }
    }
    let ends = Ends(interaction: interaction, signals: signals)
    return isTyped
      ? try await RawTerminal.during { try await body(ends) } : try await body(ends)
  }

  /// Lets the user's signals reach the container instead of ending `sc`.
  private func takeSignals(
    _ signals: AsyncStream<String>.Continuation, _ sizes: AsyncStream<TerminalSize>.Continuation
  ) -> (@Sendable (Int32) -> Bool)? {
    let requests = Mutex(0)
    return Interruption.shared.wrapAction { [forwardsSignals, hasTerminal] usual in
      { number in
        if number == SIGWINCH {
          if hasTerminal, let size = RawTerminal.size { sizes.yield(size) }
          return true
        }
        guard forwardsSignals, let name = Self.forwarded[number] else {
          return usual?(number) ?? false
        }
        let isRequest = number == SIGINT || number == SIGTERM
        let count = requests.withLock { count in
          count += isRequest ? 1 : 0
          return count
        }
        signals.yield(isRequest && count >= Self.patience ? "KILL" : name)
        return true
      }
    }
  }
}
