import Synchronization

/// Bytes that are given away once.
final class OnceTaken: Sendable {
  private let bytes: Mutex<[UInt8]?>

  init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes.isEmpty ? nil : bytes) }

  /// The bytes; nil from the second time on.
  func take() -> [UInt8]? { bytes.withLock { $0.take() } }
}
