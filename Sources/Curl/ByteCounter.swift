import Synchronization

/// Counts the bytes of a body, whichever task reads it.
final class ByteCounter: Sendable {
  private let count = Mutex<Int64>(0)

  /// Adds to the number of bytes and returns it.
  func add(_ number: Int) -> Int64 {
    count.withLock { count in
      count += Int64(number)
      return count
    }
  }
}
