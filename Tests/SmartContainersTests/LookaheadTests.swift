import DockerEngine
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import SmartContainers

/// What the engine is asked for while the history is being opened.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct LookaheadTests {
  @Test func isInPlaceOfTheFirstInspectionOnly() async throws {
    let laboratory = try await Laboratory()
    let (name, questions) = (laboratory.name("ahead"), Questions())
    let image = try await laboratory.engine.image()
    _ = try await laboratory.record {
      _ = try await $0.engine.createContainer(.waiting(image), name: name)
    }
    let client = try await Client.open(laboratory.places, for: .container(name)) {
      ListeningTransport(engine: $0, questions: questions)
    }
    try await client.engine.startContainer(name)
    // One before, by the name, and one after, by the id.
    #expect(questions.about(name) == 1)
    try await client.engine.killContainer(name)
    #expect(questions.about(name) == 2)
    try await client.engine.removeContainer(name)
    try client.finish()
    try await laboratory.check()
  }

  @Test func isForgottenWhereSomethingElseComesFirst() async throws {
    let laboratory = try await Laboratory()
    let (name, other, questions) = (laboratory.name("ahead"), laboratory.name("other"), Questions())
    let image = try await laboratory.engine.image()
    for name in [name, other] {
      _ = try await laboratory.record {
        _ = try await $0.engine.createContainer(.waiting(image), name: name)
      }
    }
    let client = try await Client.open(laboratory.places, for: .container(name)) {
      ListeningTransport(engine: $0, questions: questions)
    }
    try await client.engine.renameContainer(other, to: laboratory.name("renamed"))
    let renamed = laboratory.name("ahead")
    try await client.engine.renameContainer(name, to: renamed)
    // One ahead, which nobody took, and one of now.
    #expect(questions.about(name) == 2)
    try client.finish()
    let record = try #require(try await laboratory.records().last)
    #expect(record.entry.field("Name") == renamed)
    try await Client.openEngine(laboratory.places).removeContainer(renamed)
  }

  @Test func ofTheImageIsInPlaceOfTheQuestionWhetherItIsToBePulled() async throws {
    let laboratory = try await Laboratory()
    let (image, questions) = (try await laboratory.engine.image(), Questions())
    func openClient() async throws -> Client {
      try await Client.open(laboratory.places, for: .image(image)) {
        ListeningTransport(engine: $0, questions: questions)
      }
    }
    let client = try await openClient()
    try await client.provideImage(image, ImagePulling(.missing))
    #expect(questions.aboutImages() == 1)
    try await client.provideImage(image, ImagePulling(.missing))
    #expect(questions.aboutImages() == 2)

    let absent = laboratory.name("absent")
    let other = try await Client.open(laboratory.places, for: .image(absent))
    await #expect(throws: EngineError.self) {
      try await other.provideImage(absent, ImagePulling(.missing))
    }

    // Asked for ahead, and while the engine creates: what the record says is of then.
    let runner = try await openClient()
    var options = RunOptions()
    options.removes = true
    options.pulling = ImagePulling(.missing)
    let result = try await runner.run(
      ContainerSpecification(image, "true"), options: options, onOutput: { _ in })
    #expect(result.exitCode == 0)
    #expect(questions.aboutImages() == 4)
    try runner.finish()
    try await laboratory.check()
  }

  @Test func ofWhatIsNotThereLeavesTheErrorToTheOperation() async throws {
    let laboratory = try await Laboratory()
    let name = laboratory.name("nosuch")
    for subject in [OperationSubject.container(name), .image(name)] {
      let client = try await Client.open(laboratory.places, for: subject)
      let error = await #expect(throws: EngineError.self) {
        switch subject {
        case .container: try await client.engine.startContainer(name)
        case .image: _ = try await client.exactName(ofImage: name)
        }
      }
      #expect(error?.code == .notFound)
    }
  }
}

/// The paths that an engine was asked for.
private final class Questions: Sendable {
  private let targets = Mutex<[String]>([])

  func add(_ target: String) { targets.withLock { $0.append(target) } }

  /// How often it was asked to inspect a container of that name.
  func about(_ name: String) -> Int {
    targets.withLock { $0.count { $0.hasSuffix("/containers/\(name)/json") } }
  }

  /// How often it was asked to inspect an image, of any name.
  func aboutImages() -> Int {
    targets.withLock { $0.count { $0.contains("/images/") && $0.hasSuffix("/json") } }
  }
}

private struct ListeningTransport: HTTPTransport {
  let engine: any HTTPTransport
  let questions: Questions

  func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    questions.add(request.target)
    return try await engine.withResponse(to: request, handle)
  }
}
