import Glibc
import Synchronization

/// What the user's signals do: end the command cleanly, unless a run forwards them.
///
/// The signals are blocked in every thread, and the main thread does nothing but wait for them
/// (sigwait(3)). A dispatch source would lose one now and then: on Linux it blocks a signal only
/// when the first one has arrived.
final class Interruption: Sendable {
  /// The one of this process: signals are the process's.
  static let shared = Interruption()

  /// The signals that end a command.
  private static let ending = [SIGINT, SIGTERM, SIGHUP]

  /// The signals that a run forwards besides, and that otherwise end the process at once.
  private static let forwarded = [SIGQUIT, SIGUSR1, SIGUSR2]

  /// The signals that nobody misses: without an action they have no effect.
  private static let noticed = [SIGWINCH]

  private let action = Mutex<(@Sendable (Int32) -> Bool)?>(nil)

  /// The signals that are taken. One that is ignored, as under nohup, stays so.
  private static var taken: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in ending + forwarded + noticed where !isIgnored(number) {
      sigaddset(&signals, number)
    }
    return signals
  }

  /// Blocks the signals in this thread, and so in all that it will start.
  func block() {
    var signals = Self.taken
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Takes signals as they come, for as long as the process lives: each calls the action.
  func wait() -> Never {
    var signals = Self.taken
    while true {
      var number: Int32 = 0
      if sigwait(&signals, &number) == 0 { take(number) }
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var current = sigaction()
    sigaction(number, nil, &current)
    return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private func take(_ number: Int32) {
    let isTaken = action.withLock { $0 }?(number) ?? false
    guard !isTaken, !Self.noticed.contains(number) else { return }
    var alone = sigset_t()
    sigemptyset(&alone)
    sigaddset(&alone, number)
    pthread_sigmask(SIG_UNBLOCK, &alone, nil)
    raise(number)
  }

  /// Replaces the action, and returns the one before.
  ///
  /// - Parameter new: returns whether it took the signal; one that is not taken has its usual
  ///   effect.
  @discardableResult
  func setAction(_ new: (@Sendable (Int32) -> Bool)?) -> (@Sendable (Int32) -> Bool)? {
    action.withLock { action in
      defer { action = new }
      return action
    }
  }

  /// Replaces the action by one that may leave a signal to the one before, which is returned.
  func wrapAction(
    _ make: ((@Sendable (Int32) -> Bool)?) -> @Sendable (Int32) -> Bool
  ) -> (@Sendable (Int32) -> Bool)? {
    action.withLock { action in
      let previous = action
      action = make(previous)
      return previous
    }
  }

  /// Ends a command by cancelling it when one of the ending signals comes. The next one ends the
  /// process at once: it may be in a write that nobody reads.
  static func cancelling(_ work: Task<Int32, Never>) -> @Sendable (Int32) -> Bool {
    { number in
      guard ending.contains(number), !work.isCancelled else { return false }
      work.cancel()
      return true
    }
  }

  /// What a child process starts with: nothing blocked.
  static func unblock(in attributes: inout posix_spawnattr_t) -> Int16 {
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    return Int16(POSIX_SPAWN_SETSIGMASK)
  }
}
