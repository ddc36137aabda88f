import Canonical
import Provenance

/// An operation put into words: as a PROV event, as snapshots, and as a commit message.
///
/// A pure function of the intent and the result, so that a settling process describes exactly
/// what the first one would have.
struct OperationDescription: Sendable {
  var event: Event

  /// The snapshots that change: their paths in the history, nil for those that go.
  var snapshots: [(path: String, content: [UInt8]?)] = []

  /// The first line of the commit message, without the outcome.
  var subject: String

  /// The container that it is about, and its name at the time.
  var container: (id: String, name: String)?

  /// The image that it is about, `sha256:…`.
  var imageID: String?

  /// The volume that it is about.
  var volume: Volume?

  /// The id of the network that it is about.
  var networkID: String?

  /// What it ended besides, a line each: `container 8a61… web`, `volume <engine>/data`.
  var removed: [String] = []

  init(_ intent: Intent, _ result: OperationResult, engine: String?) {
    event = Event(
      id: intent.id, operation: intent.operation, startedAt: intent.startedAt,
      endedAt: max(intent.startedAt, result.endedAt), outcome: result.outcome,
      plan: Plan(
        command: intent.command.isEmpty ? nil : intent.command, request: intent.request,
        dockerfile: intent.dockerfile, buildContext: result.buildContext),
      informedBy: [result.previous, intent.repeats].compactMap { $0 }, exchange: result.exchange,
      exitCode: result.exitCode)
    event.plan.inputs = intent.declaredInputs
    event.plan.outputs = intent.declaredOutputs
    event.repeats = intent.repeats
    event.isReproduced = result.isReproduced
    subject = intent.operation
    let context = Context(intent: intent, result: result, engine: engine)
    switch intent.operation {
    case "container.create": describeCreate(context)
    case "container.remove": describeRemove(context)
    case "container.rename": describeRename(context)
    case "container.commit": describeCommit(context)
    case "container.start", "container.stop", "container.restart", "container.kill":
      describeState(context)
    case "image.build": describeBuild(context)
    case "image.tag": describeTag(context)
    case "image.remove": describeImageRemoval(context)
    case "exec.create": describeExec(context)
    case "exec.start": subject = "start a command"
    case "container.export", "container.copyOut": describeCopyOut(context)
    case "container.copyIn": describeExtraction(context)
    case "image.save": describeSave(context)
    case "image.load": describeLoad(context)
    case "image.import": describeImport(context)
    case "image.pull": describePull(context)
    case "image.push": describePush(context)
    case "volume.create": describeVolumeCreation(context)
    case "volume.remove": describeVolumeRemoval(context)
    case "network.create": describeNetworkCreation(context)
    case "network.remove": describeNetworkRemoval(context)
    case "network.connect", "network.disconnect": describeConnection(context)
    case "container.prune", "image.prune", "network.prune", "volume.prune":
      describePrune(context)
    default: break
    }
  }

  /// What a description is made of.
  struct Context {
    let intent: Intent
    let result: OperationResult
    let engine: String?

    var hasSucceeded: Bool { result.outcome == .succeeded }
  }
}

extension OperationDescription {
  mutating func use(_ entity: Entity, as role: Role) {
    event.used.append(Usage(entity, role: role))
  }

  mutating func generate(_ entity: Entity, as role: Role) {
    event.generated.append(Generation(entity, role: role))
  }

  /// Adds a container's snapshot, as a file and as an entity.
  mutating func addSnapshot(of container: ContainerFinding, on engine: String?) {
    guard let snapshot = container.snapshot else { return }
    add(
      snapshot, at: Snapshot.path(container: container.id),
      of: container.entity(on: engine).iri)
  }

  /// Adds an image's snapshot, as a file and as an entity.
  mutating func addSnapshot(of image: ImageFinding) {
    guard let snapshot = image.snapshot, let entity = image.entity() else { return }
    add(snapshot, at: Snapshot.path(image: entity.identity), of: entity.iri)
  }

  mutating func add(_ snapshot: JSONValue, at path: String, of subject: String) {
    let bytes = snapshot.bytes(.pretty)
    snapshots.append((path: path, content: bytes))
    generate(
      .snapshot(SnapshotFile(path: path, digest: SHA256Digest(of: bytes), subject: subject)),
      as: .snapshot)
  }

  /// Names the container in the commit message.
  mutating func name(_ container: ContainerFinding?) {
    container.map { self.container = (id: $0.id, name: $0.name) }
  }
}
