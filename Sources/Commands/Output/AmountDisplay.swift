import SmartContainers
import Synchronization

/// How much is done, on standard error once it has taken a second.
final class AmountDisplay: Sendable {
  private struct State {
    var due = ContinuousClock.now + .seconds(1)
    var hasShown = false
    var byteCount: Int64 = 0
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
      state.due = now + .milliseconds(100)
      state.hasShown = true
      terminal.noteRaw("\r\u{1B}[K\(amount())")
    }
  }

  /// Shows that so many more bytes passed.
  func add(_ byteCount: Int) {
    let total = state.withLock { state in
      state.byteCount += Int64(byteCount)
      return state.byteCount
    }
    show(HumanText.size(total))
  }

  /// Takes the line away.
  func finish() {
    let hasShown = state.withLock { state in
      defer { state.hasShown = false }
      return state.hasShown
    }
    if hasShown { terminal.noteRaw("\r\u{1B}[K") }
  }
}
