import Canonical
import Glibc
import Synchronization
import SystemPackage

/// Large content that comes from elsewhere, named by its digest beforehand: what has come stays
/// when this object goes before `keep`, and is gone on with the next time.
///
/// The file is locked, so that no two processes write to it.
package final class ContentPartial: Sendable {
  private struct State {
    var hasher = SHA256Hasher()
    var advice = FlushAdvice()
    var isOpen = true
  }

  package let content: LargeContent
  private let file: FileDescriptor
  private let name: String
  private let layout: RepositoryLayout
  private let state = Mutex(State())

  private static let chunkSize = 1 << 20

  /// Takes over the open and locked file, and reads what is in it.
  init(
    _ file: FileDescriptor, _ name: String, of content: LargeContent, in layout: RepositoryLayout
  ) throws(HistoryError) {
    self.file = file
    self.name = name
    self.content = content
    self.layout = layout
    try state.withLock { state throws(HistoryError) in try readRest(&state) }
  }

  // Closing lets go of the lock, which nobody may get before an empty file is gone.
  deinit {
    let isEmpty = state.withLock { $0.isOpen && $0.hasher.byteCount == 0 }
    if isEmpty { unlink(path.string) }
    close(file.rawValue)
  }

  private var path: FilePath { layout.incomingContent.file(name) }

  /// How many bytes are here.
  package var byteCount: Int64 { state.withLock { $0.hasher.byteCount } }

  private func readRest(_ state: inout State) throws(HistoryError) {
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    while true {
      let count = try Folder.attempt("read", path) {
        try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      }
      if count == 0 { break }
      state.hasher.update(chunk[..<count])
    }
    if state.hasher.byteCount > content.byteCount { try restart(&state) }
  }

  /// Adds bytes to the end. On a disk that is full what has come is thrown away: others need the
  /// room, and the record of an operation before all.
  package func append(_ bytes: [UInt8]) throws(HistoryError) {
    try state.withLock { state throws(HistoryError) in
      guard state.isOpen, state.hasher.byteCount + Int64(bytes.count) <= content.byteCount else {
        throw HistoryError(
          code: .invalid, message: "more than \(content.byteCount) bytes came", path: path)
      }
      do throws(HistoryError) {
        _ = try Folder.attempt("write", path) { try file.writeAll(bytes) }
      } catch {
        if error.code == .diskFull { try restart(&state) }
        throw error
      }
      state.hasher.update(bytes)
      state.advice.note(state.hasher.byteCount, in: file)
    }
  }

  /// Throws away what has come, to begin anew.
  package func restart() throws(HistoryError) {
    try state.withLock { state throws(HistoryError) in try restart(&state) }
  }

  private func restart(_ state: inout State) throws(HistoryError) {
    try Folder.check("empty", path) { ftruncate(file.rawValue, 0) }
    _ = try Folder.attempt("empty", path) { try file.seek(offset: 0, from: .start) }
    state = State()
  }

  /// Keeps the bytes under their digest, when they are those; when this returns they survive a
  /// power cut.
  ///
  /// - Throws: `corrupt` when other bytes came, which are gone then.
  package func keep() throws(HistoryError) {
    try state.withLock { state throws(HistoryError) in
      guard state.isOpen, state.hasher.byteCount == content.byteCount else {
        throw HistoryError(
          code: .invalid,
          message: "of \(content.byteCount) bytes \(state.hasher.byteCount) came", path: path)
      }
      let digest = state.hasher.finalize()
      guard digest == content.digest else {
        try restart(&state)
        throw HistoryError(code: .corrupt, message: "what came is \(digest)")
      }
      let store = ContentStore(layout)
      if !store.has(content) { try store.take(file, named: name, as: content) }
      unlink(path.string)
      state.isOpen = false
    }
  }
}
