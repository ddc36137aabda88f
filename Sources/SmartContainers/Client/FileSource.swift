import Dispatch
import SystemPackage

/// The bytes of an open file, chunk by chunk, read on a thread that may block: it may be a pipe.
public final class FileSource: Sendable {
  private static let chunk = 1 << 18

  private let file: FileDescriptor
  private let closes: Bool
  private let queue = DispatchQueue(label: "smartcontainers.file")

  /// - Parameter file: is read to its end, and stays open.
  public init(_ file: FileDescriptor) {
    self.file = file
    closes = false
  }

  /// - Throws: `Errno`.
  public init(opening path: FilePath) throws(Errno) {
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch let error as Errno {
      throw error
    } catch {
      throw Errno.ioError
    }
    closes = true
  }

  deinit { if closes { try? file.close() } }

  /// The next bytes; nil at the end. Throws `Errno`.
  public func next() async throws -> [UInt8]? {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { [file] in
        continuation.resume(with: Result { try Self.read(file) })
      }
    }
  }

  private static func read(_ file: FileDescriptor) throws -> [UInt8]? {
    let bytes = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes.isEmpty ? nil : bytes
  }
}
