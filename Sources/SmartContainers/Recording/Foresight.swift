import Canonical

/// What is looked up while the engine is at work, so that nobody waits for it afterwards.
struct Foresight: Sendable {
  /// The container, else the image, network or volume, on which an operation before is looked for.
  struct Subject: Sendable, Equatable {
    var container: String?
    var image: String?

    var network: String?

    /// As the commit messages name it: the engine's id and the name.
    var volume: String?
  }

  /// The image that a create names: that of the container, unless the name moved on meanwhile.
  private(set) var image: ImageFinding?

  /// The images that a save takes.
  private(set) var images: [ImageFinding] = []
  private let subject: Subject
  private let previous: ActivityID?

  init(of intent: Intent, _ recorder: Recorder) async {
    if intent.operation == "container.create", let name = intent.request?.body?["Image"]?.string {
      image = await recorder.observer.image(name)
    }
    if intent.operation == "image.save" {
      images = await recorder.observer.images(intent.queries("names"))
    }
    // Only a volume's name needs the engine's: nothing else waits for it.
    let engine = intent.volume == nil ? nil : await recorder.observer.agent()?.id
    subject = Subject(of: intent, image: image, engine: engine)
    await recorder.history.readAhead(for: intent, image: image)
    previous = await recorder.history.latestActivity(on: subject)
  }

  /// The operation before it, where the history knows one.
  func previous(on subject: Subject, _ recorder: Recorder) async -> ActivityID? {
    subject == self.subject ? previous : await recorder.history.latestActivity(on: subject)
  }
}

extension Foresight.Subject {
  /// What an operation is about, as far as it is known.
  init(of intent: Intent, image: ImageFinding?, engine: String?) {
    container = intent.container?.id
    self.image = container == nil ? image?.id ?? intent.image?.id : nil
    network = container == nil ? intent.network?.id : nil
    volume = intent.volume.flatMap { volume in engine.map { volume.entity(on: $0).field } }
  }
}
