import Canonical
import DockerEngine
import Foundation
import HTTP
import Provenance
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

/// When an engine is asked who it is, and when that is known.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct KnownEngineTests {
  /// Creates a container in a process's stead.
  ///
  /// - Returns: how often the engine was asked who it is, and what the record says of it.
  private func create(
    in laboratory: Laboratory, image: String, host: String? = nil
  ) async throws -> (questions: Int, node: String) {
    var places = laboratory.places
    if let host { places.engineHost = host }
    let counter = QuestionCounter()
    let client = try await Client.open(places) {
      CountingTransport(engine: $0, counter: counter)
    }
    let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
    try client.finish()
    try await Client.openEngine(places).removeContainer(id)
    let record = try #require(try await laboratory.records().last)
    let bytes = try await laboratory.git("show", "main:\(record.activityPath)")
    let graph = try JSONValue(parsing: Array(bytes.utf8))["@graph"]?.array ?? []
    let node = graph.first { $0["@type"]?.strings?.contains("docker:Engine") == true }
    // The delegation names the activity.
    let text = try #require(node).text().replacing(record.document.id.description, with: "…")
    return (counter.value, text)
  }

  private func file(of laboratory: Laboratory) -> FilePath {
    laboratory.history.pushing("sc/engine")
  }

  @Test(.needs(.recognizableSocket)) func asksAnEngineOnceAndRecordsTheSame() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let first = try await create(in: laboratory, image: image)
    #expect(first.questions == 1)
    let second = try await create(in: laboratory, image: image)
    #expect(second.questions == 0)
    #expect(second.node == first.node)
    let attributes = try FileManager.default.attributesOfItem(atPath: file(of: laboratory).string)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let kept = try FileManager.default.contentsOfDirectory(
      atPath: laboratory.history.appending("sc").string)
    #expect(!kept.contains { $0.hasSuffix(".tmp") })
    try await laboratory.check()
  }

  /// Only an answer of now tells the engine's clock, and who it is besides.
  @Test(.needs(.recognizableSocket)) func asksForTheClock() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    _ = try await create(in: laboratory, image: image)
    let counter = QuestionCounter()
    let client = try await Client.open(laboratory.places) {
      CountingTransport(engine: $0, counter: counter)
    }
    let observer = client.recorder.observer
    let recalled = try #require(await observer.agent())
    #expect(counter.value == 0)
    _ = try await observer.clock(by: SystemClock.now)
    #expect(counter.value == 1)
    #expect(await observer.agent() == recalled)
    #expect(counter.value == 1)
  }

  @Test func recordsTheAPIVersionOfEachProcess() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let first = try await create(in: laboratory, image: image)
    var places = laboratory.places
    places.environment["DOCKER_API_VERSION"] = "1.40"
    let client = try await Client.open(places)
    _ = try await client.engine.createContainer(ContainerSpecification(image, "true"))
    let document = try #require(try await laboratory.records().last?.document)
    #expect(document.engine?.apiVersion == "1.40")
    #expect(try await create(in: laboratory, image: image).node == first.node)
  }

  /// Shell lines that change the file `$F`, and whether the next process can replace it.
  @Test(
    .needs(.recognizableSocket),
    arguments: [
      (": > $F", true), ("head -c 100 $F > x; cat x > $F", true), ("echo '{}' > $F", true),
      ("head -c 20000 /dev/zero | tr '\\0' ' ' >> $F", true),
      (#"sed -i 's/"askedAt":/"askedAt":-/' $F"#, true),
      (#"sed -i 's/"askedAt":/"askedAt":9/' $F"#, true),
      (#"sed -i 's/"bootID":"./"bootID":"x/' $F"#, true),
      (#"sed -i 's/"inode":/"inode":1/' $F"#, true),
      (#"sed -i 's/"device":/"device":1/' $F"#, true),
      (#"sed -i 's/"changedAt":/"changedAt":1/' $F"#, true),
      (#"sed -i 's/"address":"unix/"address":"UNIX/' $F"#, true),
      (#"sed -i 's/"server":"/"server":"x/' $F"#, true),
      (#"sed -i 's/"apiVersion":"1/"apiVersion":"2/' $F"#, true),
      (#"sed -i 's/"storageDriver":"/"storageDriver":"x/' $F"#, true),
      (#"sed -i 's/"id":/"ID":/' $F"#, true), ("chmod 660 $F", true),
      ("mv $F $F.old; ln -s $F.old $F", true), ("rm $F; mkfifo $F", true),
      ("rm $F; mkdir $F", false),
    ])
  func asksWhereTheFileIsNotToBeTrusted(line: String, isReplaced: Bool) async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let first = try await create(in: laboratory, image: image)
    try await Command.check(
      ["/bin/sh", "-e", "-c", line],
      environment: [
        "F": file(of: laboratory).string, "PATH": "/usr/bin:/bin",
      ], in: laboratory.folder.path)
    let second = try await create(in: laboratory, image: image)
    #expect(second.questions == 1)
    #expect(second.node == first.node)
    let third = try await create(in: laboratory, image: image)
    #expect(third.questions == (isReplaced ? 0 : 1))
    #expect(third.node == first.node)
  }

  @Test(.needs(.recognizableSocket), .enabled(if: geteuid() == 0)) func asksWhereTheFileIsAnothers()
    async throws
  {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    _ = try await create(in: laboratory, image: image)
    #expect(chown(file(of: laboratory).string, 65534, 65534) == 0)
    #expect(try await create(in: laboratory, image: image).questions == 1)
    #expect(try await create(in: laboratory, image: image).questions == 0)
  }

  @Test func forgetsAfterTenMinutes() throws {
    let socket = try EngineSocket(json: [
      "address": "unix:///x", "device": 1, "inode": 2, "changedAt": 3,
    ])
    let place = KnownEngine.Place(socket: socket, bootID: "b")
    let known = KnownEngine(
      place: place, greeting: EngineGreeting(apiVersion: .newest, server: "s", dialect: .podman),
      agent: EngineAgent(id: "i", name: "n", version: "v"), askedAt: 1000)
    #expect(try KnownEngine(json: known.json) == known)
    #expect(
      [999, 1000, 1600, 1601].map { known.isPlausible(at: place, $0) } == [
        false, true, true, false,
      ])
  }

  @Test func asksAnotherEngineAtTheSameAddress() async throws {
    try await TestEngine.with { other in
      let laboratory = try await Laboratory()
      let place = laboratory.folder.path.appending("engine.sock").string
      let image = try await laboratory.engine.image()
      let otherImage = try await other.image()
      func lead(to engine: TestEngine) throws {
        try? FileManager.default.removeItem(atPath: place)
        try FileManager.default.createSymbolicLink(
          atPath: place, withDestinationPath: engine.socket.string)
      }
      try lead(to: laboratory.engine)
      let first = try await create(in: laboratory, image: image, host: "unix://\(place)")
      #expect(
        try await create(in: laboratory, image: image, host: "unix://\(place)") == (0, first.node))
      try lead(to: other)
      let second = try await create(in: laboratory, image: otherImage, host: "unix://\(place)")
      #expect(second.questions == 1)
      try lead(to: laboratory.engine)
      #expect(
        try await create(in: laboratory, image: image, host: "unix://\(place)") == (1, first.node))
    }
  }

  @Test func remembersNoEngineBehindAPort() throws {
    let folder = try TemporaryFolder()
    #expect(EngineMemory(of: .tcp(host: "127.0.0.1", port: 2375, tls: nil), in: folder.path) == nil)
    #expect(EngineMemory(of: .unix(folder.path), in: folder.path) == nil)
  }
}

private final class QuestionCounter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func add() { count.withLock { $0 += 1 } }
}

/// Counts how often an engine is asked who it is.
private struct CountingTransport: HTTPTransport {
  let engine: any HTTPTransport
  let counter: QuestionCounter

  func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    if request.target.hasSuffix("/info") { counter.add() }
    return try await engine.withResponse(to: request, handle)
  }
}
