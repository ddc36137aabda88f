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
    var advice = FlushAdvice()
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
      state.advice.note(state.byteCount, in: file)
    }
  }

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
      let store = ContentStore(layout)
      if !store.has(content) { try store.take(file, named: name, as: content) }
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

  private var gone: HistoryError {
    HistoryError(code: .invalid, message: "it is kept or given up already", path: path)
  }
}
