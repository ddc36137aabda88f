import Dispatch
import Glibc
import Synchronization

/// Pieces of work that are done at once, as many as there are processors, and given in order.
///
/// It blocks whoever asks for a result that is not there yet: it is for threads of their own.
final class OrderedWork<Value: Sendable> {
  /// A result, once it is there.
  private final class Box: Sendable {
    private let value = Mutex<Result<Value, any Error>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func set(_ result: Result<Value, any Error>) {
      value.withLock { $0 = result }
      isThere.signal()
    }

    func wait() -> Result<Value, any Error>? {
      isThere.wait()
      return value.withLock { $0 }
    }
  }

  private let queue = DispatchQueue(label: "smartcontainers.work", attributes: .concurrent)
  private var waiting: [Box] = []

  /// One more than there are processors, so that none waits while a result is taken.
  private let limit = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 1

  /// Begins a piece of work.
  ///
  /// - Returns: the oldest result, where as many are under way as may be.
  /// - Throws: what the oldest piece threw.
  func add(_ body: @escaping @Sendable () throws -> Value) throws -> Value? {
    let box = Box()
    waiting.append(box)
    queue.async { box.set(Result(catching: body)) }
    return waiting.count > limit ? try next() : nil
  }

  /// Waits for the oldest result; nil when there is none left.
  func next() throws -> Value? {
    waiting.isEmpty ? nil : try waiting.removeFirst().wait()?.get()
  }
}
