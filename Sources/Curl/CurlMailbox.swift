import CCurl
import Synchronization

/// Carries commands to the curl thread; the only way in which others reach it.
final class CurlMailbox: Sendable {
  /// What the curl thread is told.
  enum Command: Sendable {
    case start(Exchange)
    case resumeReceiving(Exchange)
    case resumeSending(Exchange)
    case remove(Exchange)
    case end
  }

  private struct State {
    var commands: [Command] = []
    /// The handle to wake; nil before there is a thread and after it ended.
    var waking: WakingHandle?
  }

  /// A multi handle for nothing but `curl_multi_wakeup`.
  ///
  /// `@unchecked Sendable`: that function, and no other, may be called from any thread
  /// (libcurl, curl_multi_wakeup(3)), and it is called only inside the lock under which the
  /// curl thread withdraws the handle before it frees it.
  private struct WakingHandle: @unchecked Sendable {
    let multi: UnsafeMutableRawPointer
  }

  private let state = Mutex(State())

  /// Leaves a command and wakes the thread.
  ///
  /// - Returns: false when there is no thread to obey it.
  @discardableResult
  func post(_ command: Command) -> Bool {
    state.withLock { state in
      guard let waking = state.waking else { return false }
      state.commands.append(command)
      // Whoever found commands waiting was preceded by one who woke the thread for all.
      if state.commands.count == 1 { _ = ccurl_multi_wakeup(waking.multi) }
      return true
    }
  }

  /// Takes all commands, in order.
  func takeAll() -> [Command] {
    state.withLock { state in
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// Lets commands in, and wakes that handle for them.
  func open(waking multi: UnsafeMutableRawPointer) {
    let waking = WakingHandle(multi: multi)
    state.withLock { $0.waking = waking }
  }

  /// Lets no more commands in; returns those that nobody will obey.
  func close() -> [Command] {
    state.withLock { state in
      defer { state = State() }
      return state.commands
    }
  }
}
