import Canonical
import History
import Provenance

/// The history, used from one thread of its own: everything here blocks on the disk.
actor HistoryQueue {
  private let executor = BlockingExecutor(label: "smartcontainers.history")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let history: HistoryRepository

  /// How far back the operation before is looked for.
  private static let lookBack = 30

  init(_ history: HistoryRepository) { self.history = history }

  /// Does something with the history on its thread.
  func with<Result: Sendable>(
    _ body: @Sendable (HistoryRepository) throws -> Result
  ) throws -> Result {
    try body(history)
  }

  /// Writes an intent and syncs it.
  func begin(_ intent: Intent) throws(HistoryError) -> JournalEntry {
    try history.journal.begin(id: intent.id, intent: intent.json)
  }

  /// Makes a finished record safe in the journal, commits it and retires its entry.
  ///
  /// - Throws: `HistoryError`; the record is then safe and uncommitted, unless the journal
  ///   itself could not be written.
  func commit(_ record: OperationRecord, of entry: JournalEntry) throws(HistoryError) {
    try entry.finish(record)
    _ = try history.commit(record)
    try entry.retire()
  }

  /// Whether enough operations wait to be packed.
  func isCheckpointDue() -> Bool { (try? history.isCheckpointDue()) ?? false }

  /// The newest operation on that container or image among the last few dozen.
  func latestActivity(on subject: Foresight.Subject) -> ActivityID? {
    guard subject != Foresight.Subject(), var log = try? history.walk() else { return nil }
    for _ in 0..<Self.lookBack {
      guard let entry = try? log.next() else { return nil }
      let isMatch =
        subject.container.map { entry.field("Container") == $0 } ?? false
        || subject.image.map { entry.field("Image") == $0 && Self.makesImages(entry) } ?? false
      if isMatch, entry.field("Outcome") == "succeeded",
        let id = entry.field("Activity").flatMap({ ActivityID($0) })
      {
        return id
      }
    }
    return nil
  }

  private static func makesImages(_ entry: LogEntry) -> Bool {
    ["image.build", "container.commit", "image.tag"].contains(entry.field("Operation") ?? "")
  }
}
