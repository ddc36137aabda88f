import Canonical
import DockerEngine
import Provenance

/// What an engine still knows of an operation that somebody meant to do.
struct SettlementEvidence: Sendable {
  let intent: Intent
  let trace: EngineTrace
  let recorder: Recorder

  /// What the history has of the time since the intent.
  let spans: [RecordedSpan]

  /// The IRI of the thing that the operation was to change.
  private let subject: String?

  init(of intent: Intent, in trace: EngineTrace, _ recorder: Recorder) async throws {
    self.intent = intent
    self.trace = trace
    self.recorder = recorder
    subject = intent.subjectIRI(on: await recorder.observer.agent()?.id)
    // What was over before the first event that is left explains none.
    let first = trace.events.first.map(trace.time) ?? trace.now
    spans = try await recorder.history.spans(of: intent, after: max(intent.startedAt, first))
  }

  /// What the engine's events and labels tell.
  func finding() async throws -> Finding<OperationResult> {
    switch intent.operation {
    case "container.create": return try await creation()
    case "volume.create": return try await volumeCreation()
    case "network.create": return try await networkCreation()
    case "network.connect", "network.disconnect": return await connection()
    default: break
    }
    if let event = ownEvent { return .happened(await result(of: event)) }
    return await isUnderWay() ? .underWay : .nothing
  }

  /// The events that operations of this kind on the same thing leave.
  private var candidates: [EngineEvent] {
    guard dialect.announces(intent.operation) else { return [] }
    return trace.events.filter { event in
      switch intent.operation {
      case "container.start", "container.stop", "container.restart":
        event.actor == container && "container." + event.action == intent.operation
      case "container.kill":
        event.actor == container && event.action == "kill"
          && Signal.isSame(event["signal"], intent.query("signal"))
      case "container.rename":
        event.actor == container && event.action == "rename"
          && event["name"] == intent.query("name")
      case "container.remove": event.actor == container && event.action == "destroy"
      case "container.commit": event.actor == container && event.action == "commit"
      case "exec.create":
        event.actor == container && event.action.hasPrefix("exec_create")
      case "exec.start":
        event.action.hasPrefix("exec_start") && event["execID"] == intent.target
      case "container.export": event.actor == container && event.action == "export"
      case "container.copyOut": event.actor == container && event.action == "archive-path"
      case "container.copyIn": event.actor == container && event.action == "extract-to-dir"
      case "image.load": event.action == "load"
      case "image.import": event.action == "import"
      case "image.save": event.action == "save"
      case "image.build":
        event.action == "tag" && event["name"].map(intent.madeNames.contains) == true
      case "image.tag":
        event.action == "tag" && event.actor == intent.image?.id
          && event["name"].map(intent.madeNames.contains) == true
      case "image.pull", "image.push":
        event.type == "image" && "image." + event.action == intent.operation
          && event.actor == intent.transferredEventName
      case "image.remove":
        event.actor == intent.image?.id && ["untag", "delete"].contains(event.action)
      case "volume.create", "volume.remove":
        event.isOn(volume: volume) && event.action == (isCreation ? "create" : "destroy")
      case "network.remove":
        event.isOn(network: intent.network?.id ?? "") && event.action == "destroy"
      case _ where intent.isPrune: event.type == intent.kind && event.action == "prune"
      default: false
      }
    }
  }

  /// The first event since the intent that no operation in the history accounts for.
  ///
  /// An engine does not say who asked for what it does. Each recorded operation of the same
  /// kind explains one event of its time, and those that do more than one thing explain the
  /// events of the others: a restart stops and starts.
  var ownEvent: EngineEvent? {
    var unexplained = candidates
    for span in spans where isAboutSame(span) {
      let explains = { (event: EngineEvent) in trace.isWithin(span.time, event) }
      if Self.announces[span.operation]?.contains(intent.operation) == true {
        unexplained.removeAll(where: explains)
      } else if span.operation == intent.operation,
        let index = unexplained.firstIndex(where: explains)
      {
        unexplained.remove(at: index)
      }
    }
    return unexplained.first { trace.isSince(intent.startedAt, $0) }
  }

  /// The operations whose events others announce besides their own.
  private static let announces: [String: Set<String>] = [
    "container.restart": ["container.kill", "container.start", "container.stop"],
    "container.stop": ["container.kill"], "container.remove": ["container.kill", "volume.remove"],
    "container.prune": ["container.remove"], "image.prune": ["image.remove"],
    "network.prune": ["network.remove"], "volume.prune": ["volume.remove"],
  ]

  private func isAboutSame(_ span: RecordedSpan) -> Bool {
    let isOfAnotherKind = !span.operation.hasPrefix(intent.kind + ".")
    if span.operation.hasSuffix(".prune") && span.operation != intent.operation
      || intent.kind == "volume" && isOfAnotherKind
    {
      return subject.map(span.invalidated.contains) ?? false
    }
    return switch intent.operation {
    case "container.rename":
      span.container == container && span.query("name") == intent.query("name")
    case "image.build", "image.tag", "image.load", "image.import", "image.save", "image.pull":
      span.query == intent.request?.query
    case "image.push": span.query == intent.request?.query && span.image == intent.image?.id
    case "image.remove": span.image == intent.image?.id
    case "exec.start": false
    case "volume.create", "volume.remove": span.volume == volume
    case "network.remove": span.network == intent.network?.id
    case _ where intent.isPrune: true
    default: span.container == container
    }
  }

  /// How the engine differs from dockerd.
  var dialect: EngineDialect { recorder.observer.engine.dialect }

  var container: String { intent.container?.id ?? "" }
  var volume: String { intent.volume?.name ?? intent.target ?? "" }
  private var isCreation: Bool { intent.operation.hasSuffix(".create") }

  /// A container carries its activity's id, also in the events of its creation; one that is made
  /// only for an activity has it in its name.
  private func creation() async throws -> Finding<OperationResult> {
    let name = intent.query("name").flatMap { ContainerFinding.isTransient(name: $0) ? $0 : nil }
    let created = trace.events.first {
      $0.action == "create"
        && ($0[ContainerFinding.label] == intent.id.description
          || name != nil && $0["name"] == name)
    }
    let filter =
      name.map { ["name": ["^/?\($0)$"]] }
      ?? ["label": ["\(ContainerFinding.label)=\(intent.id)"]]
    let found = try await recorder.observer.engine.listContainers(
      ContainerFilter(includesStopped: true, filters: filter))
    // Of a container and another that was made with its labels, the older one.
    if let container = found.last {
      return .happened(
        await observed(at: created.map(trace.time)) { $0.createdContainer = container.id })
    }
    guard let created else { return .nothing }
    // It came and went.
    var result = await observed(at: trace.time(of: created))
    result.container = ContainerFinding(gone: created, creator: intent.id)
    return .happened(result)
  }

  private func result(of event: EngineEvent) async -> OperationResult {
    var result = await observed(at: trace.time(of: event)) { evidence in
      switch intent.operation {
      case "container.commit": evidence.madeImage = event["imageID"]
      case "image.build", "image.import": evidence.madeImage = event.actor
      case "image.load", "image.save": evidence.imageNames = [event.actor]
      default: break
      }
    }
    if RouteTable.copiesOut(intent.operation) {
      result.outcome = .unknown(reason: "sc was ended before the archive was read to its end")
    }
    if intent.operation == "image.remove", let image = intent.image {
      let remaining = await recorder.observer.image(image.id)
      result.untagged = image.tags.filter { remaining?.tags.contains($0) != true }
      result.deleted = remaining == nil ? [image.id] : []
    }
    if intent.isPrune {
      result.deleted = await pruned(until: trace.time(of: event))
      let gone = Set(result.deleted)
      result.untagged =
        intent.kind == "image"
        ? intent.candidates.filter { gone.contains($0.id) }.flatMap(\.names) : []
    }
    return result
  }

  /// A success at that time, by our clock, with what the engine says of what it left.
  func observed(
    at time: Timestamp?, _ prepare: (inout OperationEvidence) -> Void = { _ in }
  ) async -> OperationResult {
    var result = OperationResult(endedAt: time ?? intent.startedAt, outcome: .succeeded)
    var evidence = OperationEvidence(intent: intent, redactor: recorder.environment.redactor)
    prepare(&evidence)
    await evidence.observe(recorder, into: &result)
    return result
  }
}

extension RecordedSpan {
  func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

extension ContainerFinding {
  /// A container of which only its creation's event is left.
  init(gone event: EngineEvent, creator: ActivityID) {
    id = event.actor
    name = event["name"] ?? ""
    imageID = ""
    imageName = event["image"] ?? ""
    status = "removed"
    exitCode = 0
    self.creator = creator
  }
}
