import Canonical
import DockerEngine
import Foundation
import HTTP
import History
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

/// Operations that their process left, in every state in which it can have left them.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct SettlementTests {
  private func leave(
    _ laboratory: Laboratory, isSent: Bool, _ body: (EngineClient) async throws -> Void
  ) async throws {
    try await laboratory.leave(isSent: isSent, body)
  }

  /// What the next start records. It passes over what a living process has in hand, which this one
  /// is until the last of the operation is gone from its memory.
  private func settle(_ laboratory: Laboratory) async throws -> [Record] {
    for _ in 0..<20 {
      let records = try await laboratory.records { _ in }
      if try !records.isEmpty || laboratory.journal().isEmpty { return records }
    }
    return []
  }

  @Test func recordsEveryOperationThatWasDone() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let (name, other) = (laboratory.name("left"), laboratory.name("left-renamed"))
    let repository = laboratory.name("left-image")
    var commit = CommitOptions()
    commit.repository = repository
    let commitOptions = commit
    let steps: [(String, (EngineClient) async throws -> Void)] = [
      ("container.create", { _ = try await $0.createContainer(.waiting(image), name: name) }),
      ("container.start", { try await $0.startContainer(name) }),
      ("container.restart", { try await $0.restartContainer(name, timeout: .seconds(5)) }),
      ("container.stop", { try await $0.stopContainer(name, timeout: .seconds(5)) }),
      ("container.rename", { try await $0.renameContainer(name, to: other) }),
      ("container.commit", { _ = try await $0.commitContainer(other, options: commitOptions) }),
      ("container.start", { try await $0.startContainer(other) }),
      ("container.kill", { try await $0.killContainer(other) }),
      ("container.remove", { try await $0.removeContainer(other) }),
      ("image.tag", { try await $0.tagImage(image, repository: repository, tag: "2") }),
      ("image.remove", { try await $0.removeImage("\(repository):2") }),
    ]
    let untold: Set = EngineException.eventsOfStops.isOfTheEngine ? ["container.stop"] : []
    for (operation, step) in steps {
      try await leave(laboratory, isSent: true, step)
      let records = try await settle(laboratory)
      #expect(records.map(\.operation) == [operation])
      let outcome = records.first?.document.outcome.word
      #expect(outcome == (untold.contains(operation) ? "unknown" : "succeeded"), "\(operation)")
    }
    let records = try await laboratory.records()
    #expect(Set(records.prefix(9).map(\.container)).count == 1)
    #expect(records[5].generated == [.image, .imageReference, .snapshot])
    #expect(records[10].document.invalidated.count == 1)
    try await laboratory.check()
  }

  /// Nobody knows how much of an archive arrived.
  @Test func recordsWhatMayHaveLeftTheEngine() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let plain = try await Client.openEngine(laboratory.places)
    let id = try await plain.createContainer(ContainerSpecification(image, "true")).id
    let steps: [(String, (EngineClient) async throws -> Void)] = [
      ("container.export", { try await $0.exportContainer(id) { _ in } }),
      ("container.copyOut", { try await $0.archive(of: id, path: "/etc/passwd") { _, _ in } }),
      ("image.save", { try await $0.saveImages([image]) { _ in } }),
    ]
    for (operation, step) in steps {
      try await leave(laboratory, isSent: true, step)
      let records = try await settle(laboratory)
      #expect(records.map(\.operation) == [operation])
      #expect(records.first?.document.outcome.word == "unknown", "\(operation)")
    }
    try await plain.removeContainer(id)
    try await laboratory.check()
  }

  @Test func dropsEveryOperationThatNeverReachedTheEngine() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("unsent")
    _ = try await laboratory.records { client in
      _ = try await client.engine.createContainer(.waiting(image), name: name)
      try await client.engine.startContainer(name)
    }
    let steps: [(EngineClient) async throws -> Void] = [
      { _ = try await $0.createContainer(.waiting(image)) },
      { try await $0.restartContainer(name) }, { try await $0.stopContainer(name) },
      { try await $0.killContainer(name) }, { try await $0.renameContainer(name, to: name + "x") },
      { _ = try await $0.commitContainer(name) },
      { try await $0.removeContainer(name, force: true) },
      { try await $0.tagImage(image, repository: name, tag: "1") },
      { try await $0.removeImage(image) },
    ]
    for step in steps { try await leave(laboratory, isSent: false, step) }
    #expect(try await settle(laboratory).isEmpty)
    try await Client.openEngine(laboratory.places).removeContainer(name, force: true)
    try await laboratory.check()
  }

  @Test(.needs(.eventsOfStops)) func givesEachEventToOneOperation() async throws {
    // Beside other tests the engine would forget events, and take longer than the time limits.
    try await TestEngine.with { engine in try await giveEventsToOperations(on: engine) }
  }

  private func giveEventsToOperations(on engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let name = laboratory.name("shared")
    _ = try await laboratory.records { client in
      _ = try await client.engine.createContainer(.waiting(image), name: name)
      try await client.engine.startContainer(name)
      // Two intents wait while this process goes on.
      for isSent in [false, false] {
        let engine = client.engine.over(
          RecordingTransport(
            recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
            engine: LosingTransport(engine: client.transport, isSent: isSent)))
        await #expect(throws: TransportError.self) { try await engine.restartContainer(name) }
        await #expect(throws: TransportError.self) { try await engine.stopContainer(name) }
      }
      try await client.engine.restartContainer(name, timeout: .seconds(5))
    }
    // The restart is recorded, with its own stop and start: nothing is left to explain.
    #expect(try await settle(laboratory).isEmpty)
    try await leave(laboratory, isSent: true) {
      try await $0.restartContainer(name, timeout: .seconds(5))
    }
    try await leave(laboratory, isSent: false) { try await $0.restartContainer(name) }
    #expect(try await settle(laboratory).isEmpty)
    let restarts = try await laboratory.records().filter { $0.operation == "container.restart" }
    #expect(restarts.count == 2)
    try await Client.openEngine(laboratory.places).removeContainer(name, force: true)
    try await laboratory.check()
  }

  @Test func recordsACreationWhoseContainerIsGone() async throws {
    // Only the engine's events tell of it, and other tests would make it forget them.
    try await TestEngine.with { engine in
      try await settleCreationOfWhatIsGone(by: engine)
    }
  }

  private func settleCreationOfWhatIsGone(by engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let name = laboratory.name("brief")
    try await leave(laboratory, isSent: true) {
      _ = try await $0.createContainer(ContainerSpecification(image, "true"), name: name)
    }
    try await Client.openEngine(laboratory.places).removeContainer(name)
    let records = try await settle(laboratory)
    #expect(records.map(\.operation) == ["container.create"])
    #expect(records.first?.entry.field("Name") == name)
    try await laboratory.check()
  }

  @Test(.needs(.forgetfulness)) func looksAtTheStateOfWhatTheEngineHasForgotten() async throws {
    // An engine that forgets would make it hard for the other tests.
    try await TestEngine.with { engine in
      try await settleWhatIsForgotten(by: engine)
    }
  }

  private func settleWhatIsForgotten(by engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let (name, other) = (laboratory.name("forgotten"), laboratory.name("forgotten-renamed"))
    let repository = laboratory.name("forgotten-image")
    let forgetful = try await Client.openEngine(laboratory.places)
    let client = try await Client.open(laboratory.places)
    let log = SingleOperationLog(recorder: client.recorder)
    func lose(isSent: Bool, _ body: (EngineClient) async throws -> Void) async {
      let transport = LosingTransport(engine: client.transport, isSent: isSent)
      let engine = client.engine.over(
        RecordingTransport(recorder: client.recorder, log: log, engine: transport))
      await #expect(throws: TransportError.self) { try await body(engine) }
    }
    _ = try await client.engine.createContainer(.waiting(image), name: name)
    // All of these wait in the journal together.
    await lose(isSent: false) { try await $0.renameContainer(name, to: other + "x") }
    await lose(isSent: true) { try await $0.startContainer(name) }
    await lose(isSent: true) { try await $0.killContainer(name, signal: "WINCH") }
    await lose(isSent: false) { try await $0.stopContainer(name) }
    await lose(isSent: false) { try await $0.restartContainer(name) }
    await lose(isSent: true) { try await $0.tagImage(image, repository: repository, tag: "1") }
    await lose(isSent: false) { try await $0.tagImage(image, repository: repository, tag: "2") }
    await lose(isSent: true) {
      var options = CommitOptions()
      options.repository = repository
      options.tag = "made"
      _ = try await $0.commitContainer(name, options: options)
    }
    await lose(isSent: true) { try await $0.renameContainer(name, to: other) }
    await lose(isSent: false) { try await $0.removeContainer(name) }
    await lose(isSent: true) { try await $0.exportContainer(other) { _ in } }
    await lose(isSent: true) { try await $0.saveImages([image]) { _ in } }
    // An engine remembers 256 events.
    for _ in 0..<130 {
      try await forgetful.tagImage(image, repository: repository, tag: "noise")
      try await forgetful.removeImage("\(repository):noise")
    }
    let records = try await settle(laboratory)
    #expect(
      records.map { "\($0.operation) \($0.entry.field("Outcome") ?? "")" } == [
        "container.start succeeded",
        // Nothing tells whether a signal was sent that the container did not mind.
        "container.kill unknown", "image.tag succeeded", "container.commit succeeded",
        "container.rename succeeded",
        // Nothing is left of what was copied out.
        "container.export unknown", "image.save unknown",
      ])
    try await forgetful.removeContainer(other, force: true)
    try await laboratory.check()
  }

  @Test func waitsForTheEngineThatItWasMeantFor() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    try await leave(laboratory, isSent: true) {
      _ = try await $0.createContainer(ContainerSpecification(image, "true"))
    }
    try await TestEngine.with { other in
      var places = laboratory.places
      places.environment = other.variables
      let client = try await Client.open(places)
      #expect(client.settlement?.contains(laboratory.engine.host) == true)
    }
    #expect(try laboratory.journal().count == 1)
    #expect(try await settle(laboratory).map(\.operation) == ["container.create"])
    try await laboratory.check()
  }

  @Test func commitsWhatWasFinishedWithoutAnEngine() async throws {
    let done = try await Laboratory()
    let image = try await done.engine.image()
    let record = try await done.record { client in
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      try await Client.openEngine(done.places).removeContainer(id)
    }
    // A journal in which one operation has all but its commit, and one only its intent.
    let laboratory = try await Laboratory()
    var places = laboratory.places
    places.engineHost = "unix:///nonexistent/docker.sock"
    let journal = laboratory.history.pushing("sc/journal")
    let name = "\(record.document.id).jsonl"
    try FileManager.default.copyItem(
      atPath: done.history.pushing("sc/journal/committed").appending(name).string,
      toPath: journal.appending(name).string)
    let lines = try String(contentsOfFile: journal.appending(name).string, encoding: .utf8)
    let other = try await Laboratory()
    try await leave(other, isSent: false) {
      _ = try await $0.createContainer(ContainerSpecification(image, "true"))
    }
    let intent = try #require(try other.journal().first)
    try FileManager.default.copyItem(
      atPath: other.history.pushing("sc/journal").appending(intent).string,
      toPath: journal.appending(intent).string)
    #expect(lines.split(separator: "\n").count == 2)

    let store = try await HistoryStore.open(places)
    #expect(store.settlement == "recorded 1 interrupted operation(s)")
    #expect(try laboratory.journal() == [intent])
    #expect(try await laboratory.records().map(\.document) == [record.document])
    #expect(try await HistoryStore.open(places).settlement == nil)
    #expect(try await settle(laboratory).isEmpty)
    try await laboratory.check()
  }

  @Test func isNotStoppedByAnEntryThatLacksWhatItNeeds() async throws {
    let laboratory = try await Laboratory()
    let client = try await Client.open(laboratory.places)
    let now = SystemClock.now()
    var generator = SystemRandomNumberGenerator()
    let id = ActivityID(at: now, using: &generator)
    _ = try await client.recorder.history.with { history in
      _ = try history.journal.begin(id: id, intent: ["operation": "container.start"])
    }
    let next = try await Client.open(laboratory.places)
    #expect(next.settlement?.contains(id.description) == true)
    #expect(try laboratory.journal().isEmpty)
    #expect(try await Client.open(laboratory.places).settlement == nil)
  }
}
