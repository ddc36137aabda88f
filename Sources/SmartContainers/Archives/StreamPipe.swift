import Dispatch
import Glibc
import Synchronization
import SystemPackage

/// A pipe by which a stream of chunks gets to a thread that blocks.
final class StreamPipe: Sendable {
  /// What the thread reads.
  let reader: FileDescriptor
  private let writer: FileDescriptor
  private let queue = DispatchQueue(label: "smartcontainers.pipe")
  private let isAbandoned = Mutex(false)

  init() throws { (reader, writer) = try FileDescriptor.pipe(options: .closeOnExec) }

  deinit { try? reader.close() }

  /// Writes all chunks, each once there is room, and ends the pipe.
  func fill(_ chunks: some AsyncSequence<[UInt8], any Error>) async throws {
    defer { try? writer.close() }
    for try await chunk in chunks {
      guard !isAbandoned.withLock({ $0 }) else { throw CancellationError() }
      try await withCheckedThrowingContinuation { continuation in
        queue.async { [writer] in
          continuation.resume(with: Result { _ = try writer.writeAll(chunk) })
        }
      }
    }
  }

  /// Ends the pipe of which nothing came.
  func close() { try? writer.close() }

  /// Reads what nobody wants any more, on the reading thread, until the other side has noticed: a
  /// writer to a pipe without a reader would be killed.
  func abandon() {
    isAbandoned.withLock { $0 = true }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while let count = try? reader.read(into: buffer), count > 0 {}
  }
}
