import Dispatch
import Glibc
import SystemPackage

/// The bytes of an open file, chunk by chunk, read on a thread that may block: it may be a pipe or
/// a terminal, on which nothing comes for a long time.
public final class FileSource: Sendable {
  private static let chunk = 1 << 18

  private let file: FileDescriptor
  private let closes: Bool

  /// A pipe; what is written to it ends the waiting.
  private let waking: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
  private let queue = DispatchQueue(label: "smartcontainers.file")

  /// - Parameter file: is read to its end, and stays open.
  /// - Throws: `Errno`.
  public convenience init(_ file: FileDescriptor) throws(Errno) {
    try self.init(file, closes: false)
  }

  /// - Throws: `Errno`.
  public convenience init(opening path: FilePath) throws(Errno) {
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch let error as Errno {
      throw error
    } catch {
      throw Errno.ioError
    }
    do throws(Errno) {
      try self.init(file, closes: true)
    } catch {
      try? file.close()
      throw error
    }
  }

  private init(_ file: FileDescriptor, closes: Bool) throws(Errno) {
    waking = try FileDescriptor.pipe(options: .closeOnExec)
    self.file = file
    self.closes = closes
  }

  deinit {
    if closes { try? file.close() }
    try? waking.readEnd.close()
    try? waking.writeEnd.close()
  }

  /// The next bytes; nil at the end. Throws `Errno`, and `CancellationError` as soon as the task is
  /// cancelled, after which nothing more is read.
  public func next() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async { continuation.resume(with: Result { try self.read() }) }
      }
    } onCancel: {
      _ = try? waking.writeEnd.writeAll([1])
    }
  }

  private func read() throws -> [UInt8]? {
    try waitForBytes()
    let bytes = try [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes.isEmpty ? nil : bytes
  }

  private func waitForBytes() throws {
    var waits = [file, waking.readEnd].map {
      pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0)
    }
    while poll(&waits, nfds_t(waits.count), -1) < 0 {
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
    guard waits[1].revents == 0 else { throw CancellationError() }
  }
}
