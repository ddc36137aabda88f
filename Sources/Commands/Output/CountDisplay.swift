import SmartContainers
import Synchronization

/// How many are done, on standard error once it has taken a second, where data goes elsewhere.
final class CountDisplay: Sendable {
  private struct State {
    var due = ContinuousClock.now + .seconds(1)
    var hasShown = false
  }

  private let terminal: Terminal
  private let things: String
  private let state = Mutex(State())

  /// - Parameter things: what is counted, in the plural.
  init(_ terminal: Terminal, of things: String) {
    self.terminal = terminal
    self.things = things
  }

  /// Shows a count, at most ten times a second.
  func show(_ count: Int) {
    guard terminal.isErrorInteractive, !terminal.isInteractive else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now >= state.due else { return }
      state = State(due: now + .milliseconds(100), hasShown: true)
      terminal.noteRaw("\r\(count) \(things)")
    }
  }

  /// Takes the line away.
  func finish() {
    guard state.withLock(\.hasShown) else { return }
    terminal.noteRaw("\r\u{1B}[K")
  }
}
