import Canonical
import Glibc
import SystemPackage

/// The operations of a history that are not committed, or not synced, yet.
package struct Journal: Sendable {
  static let suffix = ".jsonl"

  /// What an entry is called before its intent is synced.
  static let unfinishedSuffix = ".new"

  let layout: RepositoryLayout

  init(_ layout: RepositoryLayout) { self.layout = layout }

  /// Begins an entry with what is about to be done; once this returns, the intent survives a
  /// power cut.
  ///
  /// The entry stays locked until it is let go, or this process ends.
  package func begin(
    id: ActivityID, intent: JSONValue
  ) throws(HistoryError) -> JournalEntry {
    // Under its own name an entry is locked from the first moment and has its intent, so that
    // nobody takes it for abandoned.
    let name = id.description + Self.suffix
    let temporary = id.description + Self.unfinishedSuffix
    let path = layout.journal.file(temporary)
    let descriptor = try Folder.attempt("make a journal entry", path) {
      try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite])
    }
    let entry = JournalEntry(id: id, descriptor, name: temporary, length: 0, layout)
    do throws(HistoryError) {
      guard try FileLock.tryLock(descriptor, path) else {
        throw HistoryError(code: .busy, message: "the journal entry is taken", path: path)
      }
      try entry.write(.intent(intent))
      guard access(layout.journal.file(name).string, F_OK) != 0 else {
        throw HistoryError(code: .invalid, message: "the activity has an entry", path: path)
      }
      try entry.rename(to: name)
    } catch {
      unlink(path.string)
      throw error
    }
    try layout.journal.sync()
    return entry
  }

  /// The entries that no live process holds, oldest first, each locked for the caller.
  ///
  /// Of several processes that ask at once, each entry goes to one. An entry that is damaged
  /// is moved to `sc/journal/corrupt` and reported, never deleted.
  package func abandoned() throws(HistoryError) -> AbandonedEntries {
    var result = AbandonedEntries()
    for name in try layout.journal.names().sorted() where name.hasSuffix(Self.suffix) {
      try take(name, into: &result)
    }
    try removeUnfinished()
    return result
  }

  private func take(
    _ name: String, into result: inout AbandonedEntries
  ) throws(HistoryError) {
    let path = layout.journal.file(name)
    guard let id = ActivityID(String(name.dropLast(Self.suffix.utf8.count))) else {
      result.corrupt.append(try setAside(path, name, "is named after no activity"))
      return
    }
    // Opening a pipe would wait for its other end for ever.
    var status = stat()
    if lstat(path.string, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      result.corrupt.append(try setAside(path, name, "is no file"))
      return
    }
    let descriptor: FileDescriptor
    do throws(HistoryError) {
      descriptor = try Folder.attempt("open a journal entry", path) {
        try FileDescriptor.open(path, .readWrite, options: .closeOnExec)
      }
    } catch  where error.code == .notFound {
      return
    }
    let entry = JournalEntry(id: id, descriptor, name: name, length: 0, layout)
    guard try FileLock.tryLock(descriptor, path), Self.isSame(descriptor, path) else { return }
    do throws(JournalText.Damage) {
      let content = try JournalText.parse(try read(path))
      entry.resume(at: content.length)
      result.entries.append(
        AbandonedEntry(
          entry: entry, intent: content.intent, parts: content.parts,
          finished: content.finished))
    } catch {
      result.corrupt.append(try setAside(path, name, error))
    }
  }

  /// The bytes of an entry; an entry that cannot be read is as good as damaged.
  func read(_ path: FilePath) throws(JournalText.Damage) -> [UInt8] {
    do throws(HistoryError) {
      return try Folder.readFile(path)
    } catch {
      throw JournalText.Damage(reason: "cannot be read (\(error.message))", line: 0)
    }
  }

  /// The record of an entry that has one and can be read.
  func finishedRecord(in path: FilePath) -> OperationRecord? {
    (try? read(path)).flatMap { try? JournalText.parse($0).finished }
  }

  func setAside(
    _ path: FilePath, _ name: String, _ damage: JournalText.Damage
  ) throws(HistoryError) -> CorruptEntry {
    try setAside(path, name, "line \(damage.line) \(damage.reason)")
  }

  /// Moves an entry to those that cannot be read, over none that is there.
  func setAside(
    _ path: FilePath, _ name: String, _ reason: String
  ) throws(HistoryError) -> CorruptEntry {
    try layout.corruptEntries.create(mode: 0o700)
    var target = layout.corruptEntries.file(name)
    var number = 1
    var status = stat()
    while lstat(target.string, &status) == 0 {
      number += 1
      target = layout.corruptEntries.file("\(name).\(number)")
    }
    try Folder.check("set aside", path) { Glibc.rename(path.string, target.string) }
    try layout.corruptEntries.sync()
    return CorruptEntry(path: target, reason: reason)
  }

  /// Whether the path still is the open file: its owner may have let go of both in between.
  static func isSame(_ descriptor: FileDescriptor, _ path: FilePath) -> Bool {
    var (opened, named) = (stat(), stat())
    guard fstat(descriptor.rawValue, &opened) == 0, stat(path.string, &named) == 0 else {
      return false
    }
    return opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  /// Removes what a crash left of entries whose intent was never synced: nothing was done.
  private func removeUnfinished() throws(HistoryError) {
    for name in try layout.journal.names() where name.hasSuffix(Self.unfinishedSuffix) {
      var status = stat()
      guard stat(layout.journal.file(name).string, &status) == 0 else { continue }
      // A young one may be between being made and being locked.
      if time(nil) - status.st_mtim.tv_sec > 3600 { try layout.journal.remove(name) }
    }
  }
}

/// What `Journal.abandoned` found.
package struct AbandonedEntries: Sendable {
  package var entries: [AbandonedEntry] = []
  package var corrupt: [CorruptEntry] = []
}

/// An entry whose process is gone, locked for the caller.
package struct AbandonedEntry: Sendable {
  package let entry: JournalEntry
  package let intent: JSONValue
  package let parts: [JSONValue]

  /// The record, when the operation was finished and only its commit is missing.
  package let finished: OperationRecord?
}

/// An entry that cannot be read, and where it is now.
package struct CorruptEntry: Sendable, Equatable {
  package let path: FilePath
  package let reason: String
}

extension Journal {
  /// The names of the entries that are not committed, whoever holds them.
  func pending() throws(HistoryError) -> [String] {
    try layout.journal.names().filter { $0.hasSuffix(Self.suffix) }
  }
}
