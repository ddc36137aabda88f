import Glibc
import Synchronization
import SystemPackage

/// Large content on its way in: a file that no reader sees before its bytes are all there.
///
/// The file is locked, which tells it from the leftover of a process that was killed; when this
/// object goes before `keep`, so does the file.
package final class ContentDraft: Sendable {
  private struct State {
    var byteCount: Int64 = 0

    /// The bytes that the system was told to bring to the disk.
    var flushedCount: Int64 = 0
    var isOpen = true
  }

  private let file: FileDescriptor
  private let name: String
  private let layout: RepositoryLayout
  private let state = Mutex(State())

  /// Takes over the open and locked file.
  init(_ file: FileDescriptor, _ name: String, in layout: RepositoryLayout) {
    self.file = file
    self.name = name
    self.layout = layout
  }

  // Closing lets go of the lock, which nobody may get before the file is gone.
  deinit {
    discard()
    close(file.rawValue)
  }

  private var path: FilePath { layout.incomingContent.file(name) }

  /// Adds bytes to the end.
  package func append(_ bytes: [UInt8]) throws(HistoryError) {
    try state.withLock { state throws(HistoryError) in
      guard state.isOpen else { throw gone }
      _ = try Folder.attempt("write", path) { try file.writeAll(bytes) }
      state.byteCount += Int64(bytes.count)
      flush(&state)
    }
  }

  /// Lets the disk begin with what came, so that little is left to be waited for at the end.
  ///
  /// Linux takes the advice as that: it starts to write the range, and waits for nothing.
  private func flush(_ state: inout State) {
    guard state.byteCount - state.flushedCount >= Self.flushSize else { return }
    // Advice that is not taken costs time and no byte.
    _ = posix_fadvise(
      file.rawValue, off_t(state.flushedCount), off_t(state.byteCount - state.flushedCount),
      POSIX_FADV_DONTNEED)
    state.flushedCount = state.byteCount
  }

  private static let flushSize: Int64 = 8 << 20

  /// Keeps the bytes under their digest, which the caller has taken as they passed; when this
  /// returns they survive a power cut.
  ///
  /// Bytes that are kept already are not kept again.
  package func keep(as content: LargeContent) throws(HistoryError) {
    try state.withLock { state throws(HistoryError) in
      guard state.isOpen else { throw gone }
      guard state.byteCount == content.byteCount else {
        throw HistoryError(
          code: .invalid, message: "of \(content.byteCount) bytes \(state.byteCount) came",
          path: path)
      }
      if !ContentStore(layout).has(content) { try move(to: content) }
      unlink(path.string)
      state.isOpen = false
    }
  }

  /// Gives up, and gives the room on the disk back at once.
  package func discard() {
    state.withLock { state in
      guard state.isOpen else { return }
      unlink(path.string)
      // The open file would keep its room.
      ftruncate(file.rawValue, 0)
      state.isOpen = false
    }
  }

  private func move(to content: LargeContent) throws(HistoryError) {
    var status = stat()
    try Folder.check("look at", path) { fstat(file.rawValue, &status) }
    // As git's own objects: to be read by whom the user lets, and written by nobody.
    try Folder.check("protect", path) { fchmod(file.rawValue, status.st_mode & 0o444) }
    try Folder.check("sync", path) { fsync(file.rawValue) }
    var folder = layout.largeObjects
    try ContentStore.make(folder, in: layout.largeContent)
    for name in content.objectPath.dropLast() {
      let inner = Folder(folder.file(name))
      try ContentStore.make(inner, in: folder)
      folder = inner
    }
    try layout.incomingContent.move(name, to: folder.file(content.digest.hexadecimal))
    try folder.sync()
  }

  private var gone: HistoryError {
    HistoryError(code: .invalid, message: "it is kept or given up already", path: path)
  }
}
