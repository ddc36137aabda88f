import Canonical
import Glibc
import Synchronization
import SystemPackage

/// One operation in the journal, locked by this process for as long as this object lives.
package final class JournalEntry: Sendable {
  private struct State {
    var name: String

    /// Where the next line goes.
    var length: Int

    /// Whether the entry is still in the journal.
    var isOpen = true
  }

  /// The id of the activity.
  package let id: ActivityID

  private let descriptor: FileDescriptor
  private let layout: RepositoryLayout
  private let state: Mutex<State>

  /// Takes over the open file.
  init(
    id: ActivityID, _ descriptor: FileDescriptor, name: String, length: Int,
    _ layout: RepositoryLayout
  ) {
    self.id = id
    self.descriptor = descriptor
    self.layout = layout
    state = Mutex(State(name: name, length: length))
  }

  // Closing lets go of the lock.
  deinit { close(descriptor.rawValue) }

  /// Where the entry is.
  package var path: FilePath { layout.journal.file(state.withLock { $0.name }) }

  /// Adds a part of the operation that is done; synced when this returns.
  package func append(_ part: JSONValue) throws(HistoryError) { try write(.part(part)) }

  /// Adds the finished record; from here on the operation cannot get lost.
  package func finish(_ record: OperationRecord) throws(HistoryError) {
    try record.validate()
    guard record.activityID == id else {
      throw HistoryError(code: .invalid, message: "the record is of another activity", path: path)
    }
    try write(.finished(record))
  }

  /// Drops the entry: nothing happened, or it is recorded elsewhere.
  package func discard() throws(HistoryError) {
    try leave { (name) throws(HistoryError) in try layout.journal.remove(name) }
  }

  /// Moves the entry to those whose commit waits to be synced. Call it after the commit.
  package func retire() throws(HistoryError) {
    try leave { (name) throws(HistoryError) in
      try layout.journal.move(name, to: layout.committed.file(name))
    }
  }

  /// Moves the entry to those that cannot be read: what it says makes no sense.
  package func setAside(because reason: String) throws(HistoryError) -> CorruptEntry {
    var result: CorruptEntry?
    try leave { (name) throws(HistoryError) in
      result = try Journal(layout).setAside(layout.journal.file(name), name, reason)
    }
    guard let result else { throw closed() }
    return result
  }

  private func leave(
    _ body: (String) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    try state.withLock { (state) throws(HistoryError) in
      guard state.isOpen else { throw closed() }
      try body(state.name)
      state.isOpen = false
    }
  }

  private func closed() -> HistoryError {
    HistoryError(code: .invalid, message: "the journal entry of \(id) is closed")
  }

  func rename(to name: String) throws(HistoryError) {
    try state.withLock { (state) throws(HistoryError) in
      try layout.journal.move(state.name, to: layout.journal.file(name))
      state.name = name
    }
  }

  /// Goes on after the lines that are whole; the next one overwrites a torn tail.
  func resume(at length: Int) { state.withLock { $0.length = length } }

  func write(_ step: JournalText.Step) throws(HistoryError) {
    let line = JournalText.line(step)
    try state.withLock { (state) throws(HistoryError) in
      guard state.isOpen else { throw closed() }
      let path = layout.journal.file(state.name)
      let offset = state.length
      do throws(HistoryError) {
        // What a torn tail has beyond the new line must not follow it.
        try Folder.check("write to the journal", path) { ftruncate(descriptor.rawValue, offset) }
        _ = try Folder.attempt("write to the journal", path) {
          try descriptor.writeAll(toAbsoluteOffset: Int64(offset), line)
        }
        try Folder.check("sync the journal", path) { fdatasync(descriptor.rawValue) }
      } catch {
        // Half a line would make the next one damage.
        _ = ftruncate(descriptor.rawValue, offset)
        throw error
      }
      state.length += line.count
    }
  }
}
