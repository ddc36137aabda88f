import Canonical
import Provenance
import Testing

@testable import SmartContainers

/// The pure part of recording: what the journal keeps, and what is made of it.
struct OperationDescriptionTests {
  @Test func bringsIntentsThroughTheJournal() throws {
    let intent = Fixture.intent
    #expect(try Intent(json: JSONValue(parsing: intent.json.bytes())) == intent)
    let least = Intent(
      id: Fixture.id, operation: "run", startedAt: Fixture.start,
      participants: Fixture.participants, command: [])
    #expect(try Intent(json: JSONValue(parsing: least.json.bytes())) == least)
  }

  @Test(arguments: [
    Outcome.succeeded, .failed(message: "no", status: 409), .failed(message: "no"),
    .unknown(reason: "why"),
  ])
  func bringsResultsThroughTheJournal(outcome: Outcome) throws {
    var result = Fixture.result
    result.outcome = outcome
    #expect(try OperationResult(json: JSONValue(parsing: result.json.bytes())) == result)
    let least = OperationResult(endedAt: Fixture.end, outcome: outcome)
    #expect(try OperationResult(json: JSONValue(parsing: least.json.bytes())) == least)
  }

  @Test func bringsStepsOfACompositeThroughTheJournal() throws {
    var other = Fixture.intent
    other.id = Fixture.otherID
    let steps: [CompositeStep] = [
      .began(Fixture.intent), .began(other), .finished(Fixture.id, Fixture.result),
      .discarded(Fixture.otherID), .began(other), .ended(Fixture.result),
    ]
    let progress = try CompositeProgress(
      steps.map { try JSONValue(parsing: $0.json.bytes()) })
    #expect(progress.parts.map(\.intent) == [Fixture.intent])
    #expect(progress.parts.map(\.result) == [Fixture.result])
    #expect(progress.open == [other])
    #expect(progress.end == Fixture.result)
  }

  @Test(arguments: ["id", "operation", "startedAt", "participants"])
  func namesTheMemberThatAnIntentLacks(member: String) throws {
    var members = try #require(Fixture.intent.json.object)
    members[member] = nil
    let json = JSONValue.object(members)
    #expect { try Intent(json: json) } throws: { error in
      (error as? JournalValueError)?.member == member
    }
  }

  @Test func saysTheSameOfTheSameOperation() throws {
    let once = Fixture.document(Fixture.intent, Fixture.result)
    // What a settling process has went through the journal.
    let again = Fixture.document(
      try Intent(json: JSONValue(parsing: Fixture.intent.json.bytes())),
      try OperationResult(json: JSONValue(parsing: Fixture.result.json.bytes())))
    #expect(once.document == again.document)
    #expect(once.description.subject == again.description.subject)
    #expect(once.description.snapshots.map(\.path) == again.description.snapshots.map(\.path))
    #expect(once.description.snapshots.map(\.content) == again.description.snapshots.map(\.content))
    let document = try ActivityDocument(parsing: once.document)
    #expect(document.id == Fixture.id)
    #expect(document.exitCode == 3)
    #expect(document.person == Fixture.participants.person)
    #expect(document.host == Fixture.participants.host)
    #expect(document.informedBy == [Fixture.otherID])
    #expect(document.plan.command == ["sc", "container", "start", "web"])
  }

  @Test func neverEndsBeforeItBegan() throws {
    var result = Fixture.result
    result.endedAt = Timestamp(millisecondsSince1970: 0)
    let document = try ActivityDocument(
      parsing: Fixture.document(Fixture.intent, result).document)
    #expect(document.endedAt == document.startedAt)
  }

  @Test func knowsTheClockOfThisMachine() {
    let engine = Timestamp(millisecondsSince1970: 1_000_000)
    func clock(asked: Int64, answered: Int64) -> EngineClock {
      EngineClock(
        engine: engine, askedAt: Timestamp(millisecondsSince1970: asked),
        answeredAt: Timestamp(millisecondsSince1970: answered))
    }
    #expect(clock(asked: 999_990, answered: 1_000_010).aheadInMilliseconds == 0)
    #expect(clock(asked: 999_990, answered: 1_000_010).uncertaintyInMilliseconds == 0)
    let ahead = clock(asked: 899_990, answered: 900_010)
    #expect(ahead.aheadInMilliseconds == 100_000)
    #expect((10...12).contains(ahead.uncertaintyInMilliseconds))
    #expect(ahead.ours(engine).millisecondsSince1970 == 900_000)
    #expect(ahead.engines(ahead.ours(engine)) == engine)
    #expect(clock(asked: 1_100_000, answered: 1_100_000).aheadInMilliseconds == -100_000)
  }

  @Test(arguments: [
    ("9", nil, true), ("15", nil, false), ("15", "TERM", true), ("15", "SIGTERM", true),
    ("15", "sigterm", true), ("10", "10", true), ("10", "12", false), ("9", "TERM", false),
    ("34", "RTMIN", true),
  ])
  func tellsSignalsApart(number: String, name: String?, isSame: Bool) {
    #expect(Signal.isSame(number, name) == isSame)
  }
}

private enum Fixture {
  static let start = Timestamp(millisecondsSince1970: 1_795_000_000_123)
  static let end = Timestamp(millisecondsSince1970: 1_795_000_001_456)
  static let id = makeID()
  static let otherID = makeID()
  private static func makeID() -> ActivityID {
    var generator = SystemRandomNumberGenerator()
    return ActivityID(at: start, using: &generator)
  }

  static let participants = Activity.Participants(
    person: Person(
      name: "Ada Lovelace", email: "ada@example.org", orcid: try? ORCID("0000-0002-1825-0097"),
      organization: "Analytical Society"),
    account: UserAccount(name: "ada", uid: 1000),
    client: SoftwareAgent(
      name: "sc", version: "1", library: .init(name: "SmartContainers", version: "2")),
    engine: nil,
    host: Host(
      id: "host", hostname: "lab", operatingSystem: "Debian", kernelVersion: "6.1",
      architecture: "x86_64", coreCount: 2, memoryInBytes: 1))

  private static func read<Value: JournalValue>(_ json: JSONValue) -> Value? {
    try? Value(json: json)
  }

  private static let container: ContainerFinding? = read([
    "id": .string(String(repeating: "8a", count: 32)), "name": "web",
    "imageID": .string("sha256:" + String(repeating: "5d", count: 32)),
    "imageName": "busybox:1.36", "status": "running", "startedAt": .string(start.description),
    "finishedAt": .string(end.description), "exitCode": 3, "creator": .string(otherID.description),
    "snapshot": ["Name": "web", "Config": ["Env": ["MODE=draft"]]],
  ])

  private static let image: ImageFinding? = read([
    "id": .string("sha256:" + String(repeating: "5d", count: 32)), "tags": ["busybox:1.36"],
    "repositoryDigests": [
      .string("busybox@sha256:" + String(repeating: "ab", count: 32))
    ], "layers": [.string("sha256:" + String(repeating: "cd", count: 32))],
    "sizeInBytes": 1_984_238, "operatingSystem": "linux", "architecture": "amd64",
    "parentID": "sha256:00", "containerID": "8a", "snapshot": ["Os": "linux"],
  ])

  private static let volume: VolumeFinding? = read([
    "name": "data", "driver": "local", "snapshot": ["Name": "data"],
  ])

  private static let network: NetworkFinding? = read([
    "id": "69ff", "name": "lab", "driver": "bridge", "snapshot": ["Name": "lab"],
  ])

  private static let content = Content(
    .dockerfile, digest: SHA256Digest(of: [1, 2]), byteCount: 2, path: "lab/Dockerfile")

  static var intent: Intent {
    var request = Plan.Request(method: "POST", route: "/containers/{id}/start")
    request.query = [QueryItem("t", "a"), QueryItem("t", "b"), QueryItem("empty", "")]
    request.body = ["Image": "busybox:1.36", "Memory": 5, "Tty": true]
    return Intent(
      id: id, operation: "container.start", startedAt: start, participants: participants,
      command: ["sc", "container", "start", "web"], engine: "unix:///run/docker.sock",
      request: request, target: "web", container: container, image: image, volume: volume,
      network: network,
      candidates: [PruneCandidate(id: "data"), PruneCandidate(id: "8a", names: ["web"])],
      dockerfile: content,
      baseNames: ["busybox:1.36"])
  }

  static var result: OperationResult {
    OperationResult(
      endedAt: end, outcome: .succeeded,
      exchange: Exchange(
        statusCode: 204, request: .init(byteCount: 7, digest: SHA256Digest(of: [7])),
        response: .init(byteCount: 8, digest: nil)),
      container: container, image: image, volume: volume, network: network,
      bases: [image].compactMap(\.self),
      buildContext: Content(.buildContext, digest: SHA256Digest(of: [3]), byteCount: 9),
      untagged: ["a:1"], deleted: ["sha256:5d"], previous: otherID, exitCode: 3,
      streams: [Content(.standardOutput, digest: SHA256Digest(of: [4]), byteCount: 1)])
  }

  static func document(
    _ intent: Intent, _ result: OperationResult
  ) -> (description: OperationDescription, document: [UInt8]) {
    let description = OperationDescription(intent, result, engine: "ENGINE")
    let activity = Activity(description.event, by: intent.participants)
    return (description, activity.document())
  }
}
