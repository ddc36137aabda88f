import Canonical
import DockerEngine
import HTTP
import History
import Provenance
import Synchronization

/// Turns operations into commits.
///
/// The one place where anything is recorded: the client, `sc` and whoever else speaks to an
/// engine do it through a `RecordingTransport` of this.
final class Recorder: Sendable {
  let environment: RecordingEnvironment
  let history: HistoryQueue
  let observer: EngineObserver
  private let failure = Mutex<(any Error)?>(nil)
  private let keepFailure = Mutex<(any Error)?>(nil)
  private let time = Mutex<Duration>(.zero)

  init(environment: RecordingEnvironment, history: HistoryQueue, observer: EngineObserver) {
    self.environment = environment
    self.history = history
    self.observer = observer
  }

  /// What recording has taken so far, beyond what the engine took for the operations.
  var timeTaken: Duration { time.withLock { $0 } }

  /// Counts time that recording has taken.
  func add(_ duration: Duration) { time.withLock { $0 += duration } }

  /// The first failure to commit what was done; nil when everything is committed.
  var firstFailure: (any Error)? { failure.withLock { $0 } }

  /// The first failure to keep what left an engine; nil when everything that was to be is kept.
  var firstKeepFailure: (any Error)? { keepFailure.withLock { $0 } }

  /// Keeps what passed to its end, and gives it its pointer.
  func keep(_ result: inout OperationResult, in keeper: ContentKeeper) async {
    switch keeper.side {
    case .request: result.buildContext = await keep(result.buildContext, in: keeper)
    case .response: result.archive = await keep(result.archive, in: keeper)
    }
  }

  /// Keeps what passed to its end, and returns it with its pointer.
  ///
  /// A failure is remembered for `firstKeepFailure`: it has passed, and is recorded so.
  private func keep(_ content: Content?, in keeper: ContentKeeper) async -> Content? {
    guard let content else {
      await keeper.discard()
      return nil
    }
    do {
      return try await keeper.keep(content)
    } catch {
      noteKeepFailure(error)
      return content
    }
  }

  /// Keeps bytes as large content of the history, and returns it with its pointer.
  ///
  /// A failure is remembered for `firstKeepFailure`.
  func keep(_ bytes: [UInt8], as content: Content) async -> Content {
    do {
      return try await history.with { history in
        let draft = try history.content.begin()
        let kept = LargeContent(content)
        try draft.append(bytes)
        try draft.keep(as: kept)
        var content = content
        content.pointerPath = kept.pointerPath(.file)
        return content
      }
    } catch {
      noteKeepFailure(error)
      return content
    }
  }

  /// Notes that something could not be kept.
  func noteKeepFailure(_ error: any Error) { keepFailure.withLock { $0 = $0 ?? error } }

  /// Commits a finished operation. A failure is kept for `firstFailure`: what the engine did
  /// is done, and whoever asked for it must get the answer.
  func commit(_ record: OperationRecord, of entry: JournalEntry) async {
    do {
      try await history.commit(record, of: entry)
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }

  /// The record of one operation.
  func record(_ intent: Intent, _ result: OperationResult) async -> OperationRecord {
    let agent = await observer.agent()
    let description = OperationDescription(intent, result, engine: agent?.id)
    let activity = Activity(
      description.event, by: intent.participants.with(agent))
    return operationRecord(of: activity, description)
  }

  /// The commit of an activity: its document, snapshots and message.
  func operationRecord(
    of activity: Activity, _ description: OperationDescription
  ) -> OperationRecord {
    var fields = [OperationRecord.Field(name: "Operation", value: activity.event.operation)]
    if let container = description.container {
      fields.append(.init(name: "Container", value: container.id))
      fields.append(.init(name: "Name", value: container.name))
    }
    if let image = description.imageID { fields.append(.init(name: "Image", value: image)) }
    if let network = description.networkID {
      fields.append(.init(name: "Network", value: network))
    }
    if let volume = description.volume {
      fields.append(.init(name: "Volume", value: volume.field))
    }
    fields += description.removed.map { .init(name: "Removed", value: $0) }
    fields.append(.init(name: "Activity", value: activity.id.iri))
    fields.append(.init(name: "Outcome", value: activity.event.outcome.word))
    return OperationRecord(
      activityID: activity.id, startedAt: activity.event.startedAt,
      endedAt: activity.event.endedAt, document: activity.document(),
      snapshots: description.snapshots.map { .init(path: $0.path, content: $0.content) },
      subject: description.subject, fields: fields,
      author: activity.participants.author, committer: activity.participants.committer,
      hostID: activity.participants.host.id)
  }
}

/// Records each operation as a commit of its own.
struct SingleOperationLog: OperationLog {
  let recorder: Recorder

  func begin(_ intent: Intent) async throws -> any OperationTicket {
    SingleOperation(
      recorder: recorder, entry: try await recorder.history.begin(intent), intent: intent)
  }
}

/// An operation that becomes one commit.
private struct SingleOperation: OperationTicket {
  let recorder: Recorder
  let entry: JournalEntry
  let intent: Intent

  func finish(_ result: OperationResult) async throws {
    await recorder.commit(await recorder.record(intent, result), of: entry)
  }

  func discard() async throws {
    try await recorder.history.with { [entry] _ in try entry.discard() }
  }

  /// The entry stays, and its lock goes with this process.
  func leave() async {}
}
