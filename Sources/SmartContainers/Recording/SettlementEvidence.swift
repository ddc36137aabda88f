import Canonical
import DockerEngine
import Provenance

/// What an engine still knows of an operation that somebody meant to do.
struct SettlementEvidence: Sendable {
  private let intent: Intent
  private let recorder: Recorder
  private let events: [EngineEvent]

  /// Asks the engine for its events since the intent.
  init(for intent: Intent, _ recorder: Recorder) async throws {
    self.intent = intent
    self.recorder = recorder
    let now = recorder.environment.now()
    events = try await recorder.observer.engine.events(since: intent.startedAt, until: now)
      .filter { $0.time >= intent.startedAt }
  }

  private var container: String { intent.container?.id ?? "" }

  private func event(_ action: String, of actor: String) -> EngineEvent? {
    events.first { $0.action == action && $0.actor == actor }
  }

  /// Whether the engine is still at it: a stop has sent its signal and waits.
  var isUnderWay: Bool {
    switch intent.operation {
    case "container.stop", "container.restart":
      event("kill", of: container) != nil
        && event("die", of: container) == nil
    default: false
    }
  }

  /// The result, when the engine did it; nil when there is no sign of it.
  func result() async throws -> OperationResult? {
    switch intent.operation {
    case "container.create": try await creation()
    case "container.start": await change("start")
    case "container.stop": await change("stop")
    case "container.restart": await change("restart")
    case "container.kill": await change("kill")
    case "container.rename": await change("rename")
    case "container.remove": await removal()
    case "container.commit": await commit()
    case "image.build": await build()
    case "image.tag": await tag()
    case "image.remove": await imageRemoval()
    default: nil
    }
  }

  private func succeeded(at time: Timestamp?) -> OperationResult {
    OperationResult(endedAt: time ?? intent.startedAt, outcome: .succeeded)
  }

  private func observed(
    at time: Timestamp?, _ prepare: (inout OperationEvidence) -> Void = { _ in }
  ) async -> OperationResult {
    var result = succeeded(at: time)
    var evidence = OperationEvidence(intent: intent, redactor: recorder.environment.redactor)
    prepare(&evidence)
    await evidence.observe(recorder, into: &result)
    return result
  }

  /// A container carries its activity's id, also in the events of its creation.
  private func creation() async throws -> OperationResult? {
    let label = "\(ContainerFinding.label)=\(intent.id)"
    let found = try await recorder.observer.engine.listContainers(
      ContainerFilter(includesStopped: true, filters: ["label": [label]]))
    if let container = found.last {
      return await observed(at: created?.time) { $0.createdContainer = container.id }
    }
    guard let created else { return nil }
    // It came and went.
    var result = await observed(at: created.time)
    result.container = ContainerFinding(gone: created, creator: intent.id)
    return result
  }

  private var created: EngineEvent? {
    events.first {
      $0.action == "create" && $0[ContainerFinding.label] == intent.id.description
    }
  }

  private func change(_ action: String) async -> OperationResult? {
    guard let event = event(action, of: container) else { return nil }
    return await observed(at: event.time)
  }

  private func removal() async -> OperationResult? {
    if let event = event("destroy", of: container) { return await observed(at: event.time) }
    guard !container.isEmpty,
      await recorder.observer.container(container, redactor: nil) == nil
    else { return nil }
    return await observed(at: nil)
  }

  private func commit() async -> OperationResult? {
    guard let event = event("commit", of: container) else { return nil }
    return await observed(at: event.time) { $0.madeImage = event["imageID"] }
  }

  /// A build leaves no event of its own, only that of the name that its image got.
  private func build() async -> OperationResult? {
    let names = Set(intent.queries("t"))
    guard
      let event = events.last(where: {
        $0.action == "tag" && $0["name"].map(names.contains) == true
      })
    else { return nil }
    return await observed(at: event.time) { $0.madeImage = event.actor }
  }

  private func tag() async -> OperationResult? {
    guard let image = intent.image else { return nil }
    let name = "\(intent.query("repo") ?? ""):\(intent.query("tag") ?? "latest")"
    let event = events.last {
      $0.action == "tag" && $0.actor == image.id && $0["name"] == name
    }
    return event == nil ? nil : await observed(at: event?.time)
  }

  private func imageRemoval() async -> OperationResult? {
    guard let image = intent.image else { return nil }
    let removals = events.filter {
      $0.actor == image.id && ($0.action == "untag" || $0.action == "delete")
    }
    guard let last = removals.last else { return nil }
    var result = await observed(at: last.time)
    let remaining = await recorder.observer.image(image.id)
    result.untagged = image.tags.filter { remaining?.tags.contains($0) != true }
    result.deleted = remaining == nil ? [image.id] : []
    return result
  }
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
