import Canonical
import History
import Provenance

/// The history, used from one thread of its own: everything here blocks on the disk.
actor HistoryQueue {
  private let executor: BlockingExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let history: HistoryRepository

  /// What was committed, for the hooks.
  private var committed: [CommittedOperation] = []

  /// How far back the operation before is looked for.
  private static let lookBack = 30

  /// - Parameter executor: the thread, which may have opened the history.
  init(_ history: HistoryRepository, on executor: BlockingExecutor) {
    self.history = history
    self.executor = executor
  }

  /// The thread for a history.
  static func makeExecutor() -> BlockingExecutor {
    BlockingExecutor(label: "smartcontainers.history")
  }

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
    let result = try history.commit(record)
    try entry.retire()
    committed.append(CommittedOperation(activity: record.activityID, commit: result.id))
  }

  /// Takes what was committed since the last time.
  func takeCommitted() -> [CommittedOperation] {
    defer { committed = [] }
    return committed
  }

  /// Begins to keep large content.
  func makeKeeper(of side: ContentKeeper.Side) throws(HistoryError) -> ContentKeeper {
    ContentKeeper(of: side, try history.content.begin())
  }

  /// Reads what the commit of an operation will need.
  func readAhead(for intent: Intent, image: ImageFinding?) {
    let container = intent.container.map { Snapshot.path(container: $0.id) }
    let paths = [container, image.flatMap { SHA256Digest($0.id) }.map { Snapshot.path(image: $0) }]
      .compactMap { $0 }
    history.readAhead(forCommitOf: intent.id, at: intent.startedAt, with: paths)
  }

  /// Whether enough operations wait to be packed.
  func isCheckpointDue() -> Bool { (try? history.isCheckpointDue()) ?? false }

  /// The newest operation on that container, image, network or volume among the last few dozen.
  func latestActivity(on subject: Foresight.Subject) -> ActivityID? {
    guard subject != Foresight.Subject(), var log = try? history.walk() else { return nil }
    for _ in 0..<Self.lookBack {
      guard let entry = try? log.next() else { return nil }
      let isMatch =
        subject.container.map { entry.field("Container") == $0 } ?? false
        || subject.image.map { entry.field("Image") == $0 && Self.makesImages(entry) } ?? false
        || subject.network.map { entry.field("Network") == $0 } ?? false
        || subject.volume.map { entry.field("Volume") == $0 } ?? false
      if isMatch, entry.field("Outcome") == "succeeded",
        let id = entry.field("Activity").flatMap({ ActivityID($0) })
      {
        return id
      }
    }
    return nil
  }

  private static func makesImages(_ entry: LogEntry) -> Bool {
    ["image.build", "container.commit", "image.tag", "image.pull"].contains(
      entry.field("Operation") ?? "")
  }
}

/// An operation that is in the history.
struct CommittedOperation: Sendable {
  let activity: ActivityID
  let commit: CommitID
}
