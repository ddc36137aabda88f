import Canonical
import DockerEngine
import Provenance

/// What an operation left behind on the engine, looked at afterwards.
struct OperationEvidence {
  let intent: Intent
  private var redactor: Redactor

  /// The id of the container that a create made.
  var createdContainer: String?

  /// The images that a load brought or a save took.
  var imageNames: [String] = []

  /// The id of the image that a build, a commit or an import made.
  var madeImage: String?

  /// The digests, by full names, for which BuildKit asked registries.
  var resolvedBases: [String: String] = [:]

  /// The digests of the manifests that a pull brought; nil when nobody was there to hear them.
  var pulledDigests: [String]?
  /// The id of the network that a create made.
  var createdNetwork: String?

  /// The name of the volume that a create made.
  var createdVolume: String?

  init(intent: Intent, redactor: Redactor) {
    self.intent = intent
    self.redactor = redactor
  }

  /// Asks the engine, and the history for the operation before.
  ///
  /// - Parameter foresight: what is known already; nil when a later process settles.
  mutating func observe(
    _ recorder: Recorder, _ foresight: Foresight? = nil, into result: inout OperationResult
  ) async {
    let observer = recorder.observer
    switch intent.operation {
    case "container.create":
      if let id = createdContainer {
        result.container = await observer.container(id, redactor: &redactor)
      }
      result.image = foresight?.image
      if let image = result.container?.imageID, image != result.image?.id {
        result.image = await observer.image(image)
      }
    case "container.start", "container.stop", "container.restart", "container.kill",
      "container.rename", "container.copyIn", "network.connect", "network.disconnect":
      if let id = intent.container?.id {
        result.container = await observer.container(id, redactor: &redactor)
      }
    case "container.remove": result.deleted = await endedVolumes(observer, result)
    case "image.load": result.images = await observer.images(imageNames)
    case "image.save":
      result.images =
        if let foresight { foresight.images } else { await observer.images(imageNames) }
    case "container.commit", "image.build", "image.import":
      if let id = madeImage { result.image = await observer.image(id) }
      for name in intent.baseNames {
        let base = BaseFinding(
          name: name, resolved: resolvedBases, image: await observer.image(name))
        if base.entity != nil { result.bases.append(base) }
      }
    case "image.pull": await observePull(observer, into: &result)
    case "image.push": await observePush(observer, into: &result)
    case "network.create":
      if let id = createdNetwork {
        result.network = await observer.network(id, redactor: &redactor)
      }
    case "volume.create":
      if let name = createdVolume {
        result.volume = await observer.volume(name, redactor: &redactor)
      }
    default: break
    }
    let engine = intent.volume == nil ? nil : await observer.agent()?.id
    let subject = Foresight.Subject(of: intent, image: result.image, engine: engine)
    result.previous =
      if let foresight {
        await foresight.previous(on: subject, recorder)
      } else {
        await recorder.history.latestActivity(on: subject)
      }
  }

  /// The anonymous volumes that went with a container: those that were in it and are gone.
  private func endedVolumes(
    _ observer: EngineObserver, _ result: OperationResult
  ) async -> [String] {
    // What an engine takes for no (moby, api/server/httputils/form.go, BoolValue).
    let isWanted = !["", "0", "no", "false", "none"].contains(intent.query("v")?.lowercased() ?? "")
    guard result.outcome == .succeeded, isWanted, let volumes = intent.container?.anonymousVolumes,
      !volumes.isEmpty,
      let left = try? await observer.engine.listVolumes()
    else { return [] }
    let names = Set(left.map(\.name))
    return volumes.filter { !names.contains($0) }
  }
}
