import Canonical
import DockerEngine
import Provenance

/// What an operation left behind on the engine, looked at afterwards.
struct OperationEvidence {
  let intent: Intent
  private var redactor: Redactor

  /// What was learned before the operation was over; nil when nobody looked.
  var foresight: Foresight?

  /// The id of the container that a create made.
  var createdContainer: String?

  /// The id of the image that a build or a commit made.
  var madeImage: String?

  init(intent: Intent, redactor: Redactor) {
    self.intent = intent
    self.redactor = redactor
  }

  /// Asks the engine, and the history for the operation before.
  mutating func observe(_ recorder: Recorder, into result: inout OperationResult) async {
    let observer = recorder.observer
    switch intent.operation {
    case "container.create":
      if let id = createdContainer {
        result.container = await observer.container(id, redactor: &redactor)
      }
      result.image = await imageOfCreated(result.container, observer)
    case "container.start", "container.stop", "container.restart", "container.kill",
      "container.rename":
      if let id = intent.container?.id {
        result.container = await observer.container(id, redactor: &redactor)
      }
    case "container.commit", "image.build":
      if let id = madeImage { result.image = await observer.image(id) }
      for name in intent.baseNames {
        if let base = await observer.image(name) { result.bases.append(base) }
      }
    default: break
    }
    if foresight == nil { foresight = await Foresight(of: intent, recorder) }
    result.previous = foresight?.previous
  }

  /// The image of a new container. A name may move to another image at any time, so that what
  /// was learned by name counts only when the container is of it.
  private func imageOfCreated(
    _ container: ContainerFinding?, _ observer: EngineObserver
  ) async -> ImageFinding? {
    guard let container else { return foresight?.image }
    if let image = foresight?.image, image.id == container.imageID { return image }
    return await observer.image(container.imageID)
  }
}
