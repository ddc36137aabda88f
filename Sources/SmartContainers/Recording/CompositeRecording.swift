import Canonical
import History
import Provenance
import Synchronization

/// Records several operations as one: a parent activity with its parts, in one commit.
///
/// The journal entry grows as the parts begin and end, so that a crash keeps what was done.
final class CompositeRecording: OperationLog {
  let recorder: Recorder
  let intent: Intent
  private let entry: JournalEntry
  private let parts = Mutex<[CompositePart]>([])

  private init(_ recorder: Recorder, _ intent: Intent, _ entry: JournalEntry) {
    self.recorder = recorder
    self.intent = intent
    self.entry = entry
  }

  /// Begins a composite operation.
  ///
  /// - Parameter operation: its name, `run`.
  /// - Throws: `HistoryError` when the intent cannot be written; then nothing must be done.
  static func begin(_ operation: String, _ recorder: Recorder) async throws -> CompositeRecording {
    let now = recorder.environment.now()
    var redactor = recorder.environment.redactor
    let intent = Intent(
      id: recorder.environment.makeID(now), operation: operation, startedAt: now,
      command: redactor.redact(arguments: recorder.environment.arguments))
    return CompositeRecording(recorder, intent, try await recorder.history.begin(intent))
  }

  func begin(_ part: Intent) async throws -> any OperationTicket {
    var part = part
    // The command line is the parent's.
    part.command = []
    try await append(["intent": part.json])
    return PartTicket(composite: self, intent: part)
  }

  private func append(_ step: JSONValue) async throws {
    try await recorder.history.with { [entry] _ in try entry.append(step) }
  }

  fileprivate func finish(_ intent: Intent, _ result: OperationResult) async {
    parts.withLock { $0.append(CompositePart(intent: intent, result: result)) }
    // It is done, and its intent is in the journal: where the disk is full by now, the end of
    // the composite says so, and the caller gets the engine's answer.
    try? await append(["id": .string(intent.id.description), "result": result.json])
  }

  fileprivate func discard(_ intent: Intent) async throws {
    try await append(["id": .string(intent.id.description), "discarded": true])
  }

  /// Ends the composite and commits it; one without parts did nothing and is forgotten.
  ///
  /// - Parameters:
  ///   - exitCode: the exit code of the process in the container.
  ///   - outputs: what the process wrote.
  func finish(_ outcome: Outcome, exitCode: Int? = nil, outputs: [Content] = []) async {
    let parts = parts.withLock { $0 }
    guard !parts.isEmpty else {
      try? await recorder.history.with { [entry] _ in try entry.discard() }
      return
    }
    var result = OperationResult(endedAt: recorder.environment.now(), outcome: outcome)
    result.exitCode = exitCode
    result.outputs = outputs
    let record = await recorder.record(intent, result, parts: parts)
    await recorder.commit(record, of: entry)
  }
}

/// One operation of a composite, over.
struct CompositePart: Sendable {
  var intent: Intent
  var result: OperationResult
}

/// An operation that becomes a part.
private struct PartTicket: OperationTicket {
  let composite: CompositeRecording
  let intent: Intent

  func finish(_ result: OperationResult) async throws {
    await composite.finish(intent, result)
  }

  func discard() async throws { try await composite.discard(intent) }

  /// The composite is cut short too, and its entry stays as a whole.
  func leave() async {}
}
