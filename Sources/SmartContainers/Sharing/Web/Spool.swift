import Git
import Glibc
import HTTP
import Synchronization
import SystemPackage

/// Bytes that are to be sent, once all of them are there: in memory as long as they are few, else
/// in a file without a name.
///
/// Their number is known before the first is sent, as many servers want it, and they can be sent
/// again when the server asks for a password after all.
final class Spool: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var file: FileDescriptor?
    var length: Int64 = 0
  }

  private let folder: FilePath
  private let state = Mutex(State())

  /// What git calls `http.postBuffer`, by its own default.
  private static let memoryLimit = 1 << 20
  private static let chunkSize = 256 << 10

  init(in folder: FilePath) throws { self.folder = folder }

  deinit { try? state.withLock { $0.file }?.close() }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    try state.withLock { state in
      state.length += Int64(bytes.count)
      if let file = state.file {
        try write(Array(bytes), to: file)
        return
      }
      state.bytes += bytes
      guard state.bytes.count > Self.memoryLimit else { return }
      let file = try open()
      state.file = file
      try write(state.bytes, to: file)
      state.bytes = []
    }
  }

  /// A body of all bytes, from the first.
  func body() -> HTTPRequestBody {
    let (bytes, length, isFile) = state.withLock { ($0.bytes, $0.length, $0.file != nil) }
    guard isFile else { return .bytes(bytes) }
    let offset = Mutex<Int64>(0)
    return .stream(length: length) { [self] in
      let start = offset.withLock { $0 }
      guard start < length, let chunk = try read(at: start) else { return nil }
      offset.withLock { $0 = start + Int64(chunk.count) }
      return chunk
    }
  }

  private func read(at offset: Int64) throws -> [UInt8]? {
    guard let file = state.withLock({ $0.file }) else { return nil }
    return try [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { room, count in
      count = try file.read(fromAbsoluteOffset: offset, into: UnsafeMutableRawBufferPointer(room))
    }
  }

  private func write(_ bytes: [UInt8], to file: FileDescriptor) throws {
    do {
      _ = try file.writeAll(bytes)
    } catch {
      throw GitRemoteError(.refused, "what is to be sent cannot be kept in \(folder): \(error)")
    }
  }

  private func open() throws -> FileDescriptor {
    let path = folder.appending(".spool.\(getpid()).\(UInt32.random(in: .min ... .max))")
    do {
      let file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite])
      unlink(path.string)
      return file
    } catch {
      throw GitRemoteError(.refused, "what is to be sent cannot be kept in \(folder): \(error)")
    }
  }
}
