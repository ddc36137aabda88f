import DockerEngine

/// What an operation will be about, as its caller names it.
public enum OperationSubject: Sendable, Hashable {
  case container(String)
  case image(String)
}

/// An inspection that the engine is asked for while the history is being opened.
///
/// The first operation has to look at its subject before the intent is written, and then need not
/// wait. It answers once: whatever is done next may change the subject.
struct Lookahead: Sendable {
  enum Finding: Sendable {
    case container(ContainerInspection)
    case image(ImageInspection)
  }

  let subject: OperationSubject
  private let task: Task<Finding?, Never>

  /// Asks; nil where nothing is named.
  init?(at subject: OperationSubject?, on engine: EngineClient) {
    guard let subject else { return nil }
    self.subject = subject
    task = Task {
      switch subject {
      case .container(let name):
        (try? await engine.inspectContainer(name)).map { .container($0) }
      case .image(let name): (try? await engine.inspectImage(name)).map { .image($0) }
      }
    }
  }

  /// What was found; nil when there is none or the engine did not answer.
  var finding: Finding? { get async { await task.value } }

  /// Takes the question back.
  func cancel() { task.cancel() }
}
