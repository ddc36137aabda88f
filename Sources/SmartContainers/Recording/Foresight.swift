import Canonical
import Provenance

/// What can be learned for a record while the engine is at the operation itself.
struct Foresight: Sendable {
  /// The image that a container is about to be created from.
  var image: ImageFinding?

  /// The operation before on the same container or image, where the history knows one.
  var previous: ActivityID?

  /// Asks the engine and the history.
  init(of intent: Intent, _ recorder: Recorder) async {
    if intent.operation == "container.create", let name = intent.request?.body?["Image"]?.string {
      image = await recorder.observer.image(name)
    }
    previous = await recorder.history.latestActivity(
      container: intent.container?.id, image: image?.id ?? intent.image?.id)
  }
}
