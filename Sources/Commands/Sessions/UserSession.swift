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

  /// Whether the process has yet to be made: until `Ends.begin` is called, signals end `sc` and the
  /// terminal stays as it is.
  var beginsLater = false

  /// How often the user must ask a container to end that does not, until it is killed.
  private static let patience = 3

  private static let forwarded = [
    SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGQUIT: "QUIT", SIGUSR1: "USR1",
    SIGUSR2: "USR2",
  ]

  /// The signals by which the user wants an end; the others tell the process something.
  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// What a session hands to the client.
  struct Ends {
    let interaction: Interaction
    let signals: AsyncStream<String>

    /// Whether the user wanted an end of the process by a signal that went to it.
    let isInterrupted: @Sendable () -> Bool

    /// Begins a session that begins later.
    let begin: @Sendable () throws -> Void
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
    let (hasBegun, isInterrupted) = (Flag(), Flag())
    let terminal = RawTerminal()
    let previous = takeSignals(signalled, resized, hasBegun, isInterrupted)
    defer {
      terminal.end()
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
    let begin = { @Sendable in
      if isTyped { try terminal.begin() }
      hasBegun.isSet = true
    }
    if !beginsLater { try begin() }
    return try await body(
      Ends(
        interaction: interaction, signals: signals, isInterrupted: { isInterrupted.isSet },
        begin: begin))
  }

  /// Lets the user's signals reach the container instead of ending `sc`.
  private func takeSignals(
    _ signals: AsyncStream<String>.Continuation, _ sizes: AsyncStream<TerminalSize>.Continuation,
    _ hasBegun: Flag, _ isInterrupted: Flag
  ) -> (@Sendable (Int32) -> Bool)? {
    let requests = Mutex(0)
    return Interruption.shared.wrapAction { [forwardsSignals, hasTerminal] usual in
      { number in
        if number == SIGWINCH {
          if hasTerminal, let size = RawTerminal.size { sizes.yield(size) }
          return true
        }
        guard forwardsSignals, hasBegun.isSet, let name = Self.forwarded[number] else {
          return usual?(number) ?? false
        }
        if Self.ending.contains(number) { isInterrupted.isSet = true }
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

/// Whether something has happened.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isSet: Bool {
    get { state.load(ordering: .acquiring) }
    set { state.store(newValue, ordering: .releasing) }
  }
}
