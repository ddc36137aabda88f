import Canonical
import Glibc
import History
import SystemPackage

/// The bytes of one object on their way out: read on a thread of its own.
///
/// The last of them are only given when all are those that the digest names, so that nobody gets
/// what was damaged here.
actor ContentSender {
  private let executor = BlockingExecutor(label: "smartcontainers.sending")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let content: LargeContent
  private let file: FileDescriptor
  private var position: Int64 = 0

  /// nil where another one takes the digest.
  private var hasher: SHA256Hasher?

  private static let chunkSize = 256 << 10

  init(_ content: LargeContent, from store: ContentStore) throws {
    self.content = content
    file = try store.open(content)
    hasher = SHA256Hasher()
  }

  /// Begins behind the first bytes; whoever has those takes the digest.
  init(_ content: LargeContent, from store: ContentStore, startingAt start: Int64) throws {
    self.content = content
    file = try store.open(content)
    position = start
  }

  deinit { close(file.rawValue) }

  /// Begins with the first byte.
  func rewind() throws {
    position = 0
    hasher = SHA256Hasher()
  }

  /// The next bytes; nil at the end.
  ///
  /// - Throws: `HistoryError` of code `corrupt`.
  func next() throws -> [UInt8]? {
    guard position < content.byteCount else { return nil }
    let chunk = try [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { room, count in
      count = try file.read(
        fromAbsoluteOffset: position, into: UnsafeMutableRawBufferPointer(room))
    }
    position += Int64(chunk.count)
    hasher?.update(chunk)
    let isLast = position >= content.byteCount
    guard !chunk.isEmpty, !isLast || hasher.map({ $0.finalize() == content.digest }) ?? true else {
      throw HistoryError(
        code: .corrupt,
        message: "the bytes that are kept as \(content.digest) are others: they are damaged")
    }
    return chunk
  }
}
