import Canonical
import DockerEngine
import HTTP
import History
import Provenance
import Synchronization

/// An operation that consists of others.
enum CompositeOperation: String, CaseIterable, Sendable {
  case archive
  case commit
  case exec
  case infect
  case label
  case rerun
  case run
}

/// Records several operations as one: a parent activity with its parts, in one commit.
///
/// The journal entry grows as the parts begin and end, so that a crash keeps what was done.
final class CompositeRecording: OperationLog {
  let recorder: Recorder
  let intent: Intent
  private let entry: JournalEntry
  private let state = Mutex(State())

  private struct State {
    var parts: [CompositePart] = []

    /// Whether a part may have happened.
    var isUncertain = false
  }

  private init(_ recorder: Recorder, _ intent: Intent, _ entry: JournalEntry) {
    self.recorder = recorder
    self.intent = intent
    self.entry = entry
  }

  /// Begins a composite operation.
  ///
  /// - Parameters:
  ///   - operation: what it is.
  ///   - body: what its parts will send: the command may repeat secrets of it.
  ///   - target: the container or image that it is about, as the user named it.
  ///   - files: the files that it is to read and write.
  ///   - repeated: the activity that it does again.
  /// - Throws: `HistoryError` when the intent cannot be written; then nothing must be done.
  static func begin(
    _ operation: CompositeOperation, about body: JSONValue, on target: String? = nil,
    with files: FileTransfer? = nil, repeating repeated: ActivityID? = nil, _ recorder: Recorder
  ) async throws -> CompositeRecording {
    let now = recorder.environment.now()
    var redactor = recorder.environment.redactor
    _ = redactor.redact(json: body)
    var intent = Intent(
      id: recorder.environment.makeID(now), operation: operation.rawValue, startedAt: now,
      participants: recorder.environment.participants,
      command: redactor.redact(arguments: recorder.environment.arguments),
      engine: recorder.observer.address, target: target)
    intent.repeats = repeated
    if let files {
      intent.inputs = files.inputs
      intent.declaredInputs = files.declaredInputs.map(\.text)
      intent.declaredOutputs = files.outputs.map(\.pattern.text)
    }
    return CompositeRecording(recorder, intent, try await recorder.history.begin(intent))
  }

  func begin(_ part: Intent) async throws -> any OperationTicket {
    var part = part
    // The command line is the parent's.
    part.command = []
    try await append(.began(part))
    return PartTicket(composite: self, intent: part)
  }

  private func append(_ step: CompositeStep) async throws {
    try await recorder.history.with { [entry] _ in try entry.append(step.json) }
  }

  fileprivate func finish(_ intent: Intent, _ result: OperationResult) async {
    state.withLock { $0.parts.append(CompositePart(intent: intent, result: result)) }
    // It is done, and its intent is in the journal: where the disk is full by now, the end of
    // the composite says so, and the caller gets the engine's answer.
    try? await append(.finished(intent.id, result))
  }

  fileprivate func discard(_ intent: Intent) async throws {
    try await append(.discarded(intent.id))
  }

  fileprivate func leave() { state.withLock { $0.isUncertain = true } }

  /// Ends the composite and commits it; one without parts did nothing and is forgotten.
  ///
  /// Where a part may have happened, a later start finds that out and commits.
  ///
  /// - Parameters:
  ///   - exitCode: the exit code of the process in the container.
  ///   - streams: what the process read and wrote.
  ///   - outputs: the files that it left.
  ///   - isReproduced: whether what was done again came out as before.
  func finish(
    _ outcome: Outcome, exitCode: Int? = nil, streams: [Content] = [], outputs: [RunFile] = [],
    isReproduced: Bool? = nil
  ) async {
    let (parts, isUncertain) = state.withLock { ($0.parts, $0.isUncertain) }
    var result = OperationResult(endedAt: recorder.environment.now(), outcome: outcome)
    result.exitCode = exitCode
    result.streams = streams
    result.outputs = outputs
    result.isReproduced = isReproduced
    if isUncertain {
      try? await append(.ended(result))
    } else if parts.isEmpty {
      try? await recorder.history.with { [entry] _ in try entry.discard() }
    } else {
      await recorder.commit(await recorder.record(intent, result, parts: parts), of: entry)
    }
  }

  /// Ends a composite that an error cut short.
  ///
  /// What the engine refused is said in the words of that part, which hide what was secret in
  /// its request.
  func finish(_ error: any Error, exitCode: Int? = nil, streams: [Content]) async {
    let failure = state.withLock { $0.parts.last { $0.result.outcome.isFailure } }
    if let failure, error is EngineError {
      return await finish(failure.result.outcome, exitCode: exitCode, streams: streams)
    }
    var redactor = recorder.environment.redactor
    _ = redactor.redact(arguments: recorder.environment.arguments)
    let message = redactor.scrub(SmartContainersError(describing: error).message)
    let isLost = (error as? TransportError).map { !$0.isBeforeSending } ?? false
    await finish(
      isLost ? .unknown(reason: message) : .failed(message: message), exitCode: exitCode,
      streams: streams)
  }
}

/// An operation that becomes a part.
private struct PartTicket: OperationTicket {
  let composite: CompositeRecording
  let intent: Intent

  func finish(_ result: OperationResult) async throws {
    await composite.finish(intent, result)
  }

  func discard() async throws { try await composite.discard(intent) }

  func leave() async { composite.leave() }
}
