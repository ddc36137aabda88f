import Canonical
import DockerEngine
import History
import Provenance

/// Finds out what became of operations whose process did not live to record them.
///
/// The engine's own events since the intent tell most of it; what they have forgotten, the
/// state of containers and images tells. A settled operation is recorded under the id that its
/// intent gave it, so that settling twice changes nothing.
struct Settlement: Sendable {
  /// What was found out.
  struct Report: Sendable {
    /// Operations that are in the history now.
    var recorded = 0
    /// Operations that never happened.
    var dropped = 0
    /// Journal entries that could not be read, and where they are now.
    var damaged: [String] = []
  }

  let recorder: Recorder

  /// How long to look for an operation that the engine may still be at.
  var patience: Duration = .milliseconds(1500)

  /// Settles what no live process is at.
  func run() async throws -> Report {
    let found = try await recorder.history.with { try $0.journal.abandoned() }
    var report = Report()
    report.damaged = found.corrupt.map { "\($0.path) (\($0.reason))" }
    for entry in found.entries {
      do {
        if try await settle(entry) { report.recorded += 1 } else { report.dropped += 1 }
      } catch let error as JournalValueError {
        report.damaged.append(try await setAside(entry, "has no usable \(error.member)"))
      } catch let error as HistoryError where error.code == .invalid {
        report.damaged.append(try await setAside(entry, error.message))
      }
    }
    return report
  }

  /// One entry that makes no sense must not keep every other operation from being recorded.
  private func setAside(_ abandoned: AbandonedEntry, _ reason: String) async throws -> String {
    let corrupt = try await recorder.history.with { _ in
      try abandoned.entry.setAside(because: reason)
    }
    return "\(corrupt.path) (\(corrupt.reason))"
  }

  /// Returns whether there was something to record.
  private func settle(_ abandoned: AbandonedEntry) async throws -> Bool {
    if let record = abandoned.finished {
      try await recorder.history.recommit(record, of: abandoned.entry)
      return true
    }
    let intent = try Intent(json: abandoned.intent)
    guard intent.id == abandoned.entry.id else { throw JournalValueError(member: "id") }
    let record =
      intent.request == nil
      ? try await composite(intent, steps: abandoned.parts) : try await single(intent)
    guard let record else {
      try await recorder.history.with { _ in try abandoned.entry.discard() }
      return false
    }
    try await recorder.history.commit(record, of: abandoned.entry)
    return true
  }

  private func single(_ intent: Intent) async throws -> OperationRecord? {
    guard let result = try await outcome(of: intent) else { return nil }
    return await recorder.record(intent, result)
  }

  /// Puts the parts of a composite together as far as they came.
  private func composite(
    _ intent: Intent, steps: [JSONValue]
  ) async throws -> OperationRecord? {
    var parts: [CompositePart] = []
    var pending: Intent?
    for step in steps {
      if let json = step["intent"] {
        pending = try Intent(json: json)
      } else if let json = step["result"], let intent = pending {
        parts.append(CompositePart(intent: intent, result: try OperationResult(json: json)))
        pending = nil
      } else if step["discarded"] != nil {
        pending = nil
      }
    }
    if let pending, let result = try await outcome(of: pending) {
      parts.append(CompositePart(intent: pending, result: result))
    }
    guard let last = parts.last else { return nil }
    let result = OperationResult(
      endedAt: last.result.endedAt,
      outcome: .unknown(reason: "sc was ended before the operation was over"))
    return await recorder.record(intent, result, parts: parts)
  }

  /// How an operation went; nil when it never happened.
  private func outcome(of intent: Intent) async throws -> OperationResult? {
    let clock = ContinuousClock()
    let deadline = clock.now + patience
    while true {
      let evidence = try await SettlementEvidence(for: intent, recorder)
      if let result = try await evidence.result() { return result }
      guard clock.now < deadline || evidence.isUnderWay else { return nil }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

extension HistoryQueue {
  /// Commits a record that its entry has already.
  func recommit(_ record: OperationRecord, of entry: JournalEntry) throws(HistoryError) {
    _ = try history.commit(record)
    try entry.retire()
  }
}
