import SmartContainers
import Synchronization

/// How much is done, on standard error once it has taken a second.
final class AmountDisplay: Sendable {
  private struct State {
    var due = ContinuousClock.now + .seconds(1)
    var hasShown = false
  }

  private let terminal: Terminal
  private let isWanted: Bool
  private let state = Mutex(State())

  /// - Parameter isWanted: whether data goes elsewhere than to the terminal.
  init(_ terminal: Terminal, isWanted: Bool) {
    self.terminal = terminal
    self.isWanted = isWanted && terminal.isErrorInteractive
  }

  /// Shows an amount, at most ten times a second.
  func show(_ amount: @autoclosure () -> String) {
    guard isWanted else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now >= state.due else { return }
      state = State(due: now + .milliseconds(100), hasShown: true)
      terminal.noteRaw("\r\u{1B}[K\(amount())")
    }
  }

  /// Takes the line away.
  func finish() {
    guard state.withLock(\.hasShown) else { return }
    terminal.noteRaw("\r\u{1B}[K")
  }
}
