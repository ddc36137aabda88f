import Dispatch
import Glibc
import Synchronization

/// What the user's signals do: end the command cleanly, unless a run forwards them.
final class Interruption: Sendable {
  /// The one of this process: signals are the process's.
  static let shared = Interruption()

  private let action = Mutex<(@Sendable (Int32) -> Void)?>(nil)
  private let sources = Mutex<[any DispatchSourceSignal]>([])

  /// Takes the signals over: from now on they call the action instead of ending the process.
  func listen(to signals: [Int32]) {
    sources.withLock { sources in
      for number in signals {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { self.action.withLock { $0 }?(number) }
        source.resume()
        sources.append(source)
      }
    }
  }

  /// Replaces the action, and returns the one before.
  @discardableResult
  func setAction(_ new: (@Sendable (Int32) -> Void)?) -> (@Sendable (Int32) -> Void)? {
    action.withLock { action in
      defer { action = new }
      return action
    }
  }
}
