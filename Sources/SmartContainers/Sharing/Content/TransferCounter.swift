import Synchronization

/// The bytes of one transfer, which count for nothing when it fails.
final class TransferCounter: Sendable {
  private let progress: ContentProgress
  private let count = Mutex<Int64>(0)

  init(_ progress: ContentProgress) { self.progress = progress }

  func add(_ bytes: Int) {
    guard bytes > 0 else { return }
    count.withLock { $0 += Int64(bytes) }
    progress.add(bytes: Int64(bytes))
  }

  /// Takes back what was counted.
  func reset() {
    let bytes = count.withLock { count in
      defer { count = 0 }
      return count
    }
    if bytes > 0 { progress.add(bytes: -bytes) }
  }
}
