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
    /// Operations that the engine is still at.
    var underWay = 0
    /// Where the engines listen that other operations were meant for.
    var elsewhere: Set<String> = []
    /// Journal entries that could not be settled, and why.
    var problems: [String] = []
  }

  let recorder: Recorder

  /// Removes a container that an operation made for itself and did not live to remove, if it is
  /// there. It is called before the operation is recorded: whoever is killed in between finds the
  /// operation again, and the container.
  var removeTransient: @Sendable (_ name: String) async -> Void = { _ in }

  /// How long an engine may take to begin what it was asked for.
  var patience: Duration = .milliseconds(1500)

  /// Settles what no live process is at, in the order in which it was begun.
  ///
  /// What cannot be settled stays in the journal and is reported: it keeps nobody from working.
  ///
  /// - Throws: when the journal cannot be read, and when the task is cancelled.
  func run() async throws -> Report {
    let found = try await recorder.history.with { try $0.journal.abandoned() }
    var report = Report()
    report.problems = found.corrupt.map { "\($0.path) is damaged (\($0.reason))" }
    for entry in found.entries {
      do {
        try await settle(entry, &report)
      } catch let error as JournalValueError {
        report.problems.append(try await setAside(entry, "has no usable \(error.member)"))
      } catch let error as HistoryError where error.code == .invalid {
        report.problems.append(try await setAside(entry, error.message))
      } catch {
        try Task.checkCancellation()
        report.problems.append("\(entry.entry.path) cannot be settled: \(error)")
      }
    }
    return report
  }

  /// One entry that makes no sense must not keep every other operation from being recorded.
  private func setAside(_ abandoned: AbandonedEntry, _ reason: String) async throws -> String {
    let corrupt = try await recorder.history.with { _ in
      try abandoned.entry.setAside(because: reason)
    }
    return "\(corrupt.path) is damaged (\(corrupt.reason))"
  }

  private func settle(_ abandoned: AbandonedEntry, _ report: inout Report) async throws {
    if let record = abandoned.finished {
      try await recorder.history.recommit(record, of: abandoned.entry)
      report.recorded += 1
      return
    }
    let intent = try Intent(json: abandoned.intent)
    guard intent.id == abandoned.entry.id else { throw JournalValueError(member: "id") }
    if let engine = intent.engine, engine != recorder.observer.address {
      report.elsewhere.insert(engine)
      return
    }
    let finding =
      intent.request == nil
      ? try await composite(intent, CompositeProgress(abandoned.parts))
      : try await single(intent)
    switch finding {
    case .happened(let record):
      try await recorder.history.commit(record, of: abandoned.entry)
      report.recorded += 1
    case .nothing:
      try await recorder.history.with { _ in try abandoned.entry.discard() }
      report.dropped += 1
    case .underWay: report.underWay += 1
    }
  }

  private func single(_ intent: Intent) async throws -> Finding<OperationRecord> {
    switch try await outcome(of: intent) {
    case .happened(let result): .happened(await recorder.record(intent, result))
    case .nothing: .nothing
    case .underWay: .underWay
    }
  }

  /// Puts the parts of a composite together as far as they came.
  private func composite(
    _ intent: Intent, _ progress: CompositeProgress
  ) async throws -> Finding<OperationRecord> {
    var parts = progress.parts
    for part in progress.open {
      switch try await outcome(of: part) {
      case .happened(let result): parts.append(CompositePart(intent: part, result: result))
      case .nothing: break
      case .underWay: return .underWay
      }
    }
    guard let last = parts.last else { return .nothing }
    let isRemoved = parts.contains { part in
      part.intent.operation == "container.remove" && part.result.outcome == .succeeded
    }
    if !isRemoved {
      for name in parts.compactMap({ $0.intent.query("name") })
      where ContainerFinding.isTransient(name: name) { await removeTransient(name) }
    }
    // What it was to do next, nobody did; whether what it had begun came to an end, nobody saw.
    let cutShort = Outcome.unknown(reason: "sc was ended before the operation was over")
    let result =
      progress.end
      ?? OperationResult(
        endedAt: parts.map(\.result.endedAt).max() ?? intent.startedAt,
        outcome: last.result.outcome == .succeeded ? cutShort : last.result.outcome)
    return .happened(await recorder.record(intent, result, parts: parts))
  }

  /// How an operation went. One without a trace never happened, once the engine has had its time.
  private func outcome(of intent: Intent) async throws -> Finding<OperationResult> {
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: patience * 2)
    while true {
      let trace = try await EngineTrace(recorder)
      let evidence = try await SettlementEvidence(of: intent, in: trace, recorder)
      let finding = try await evidence.finding()
      if case .happened = finding { return finding }
      let silence = trace.now.millisecondsSince1970 - evidence.lastSign.millisecondsSince1970
      let enough = patience + .milliseconds(trace.clock.uncertaintyInMilliseconds)
      if case .nothing = finding, .milliseconds(silence) > enough {
        return await evidence.verdictWithoutTrace()
      }
      if clock.now > deadline { return .underWay }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

/// What is found out about an operation whose process is gone.
enum Finding<Value: Sendable>: Sendable {
  /// The engine did it, or may have.
  case happened(Value)
  /// There is no trace of it.
  case nothing
  /// The engine is still at it.
  case underWay
}

extension Settlement.Report {
  /// What was settled, in words; nil for nothing.
  var summary: String? {
    var parts: [String] = []
    if recorded > 0 { parts.append("recorded \(recorded) interrupted operation(s)") }
    if dropped > 0 { parts.append("dropped \(dropped) that never happened") }
    if underWay > 0 { parts.append("the engine is still at \(underWay)") }
    parts += elsewhere.sorted().map { "an interrupted operation waits for the engine at \($0)" }
    parts += problems.map { "journal entry \($0)" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
