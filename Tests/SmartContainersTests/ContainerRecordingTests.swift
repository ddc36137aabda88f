import Canonical
import Foundation
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ContainerRecordingTests {
  @Test func recordsACreation() async throws {
    let laboratory = try await Laboratory(arguments: ["sc", "container", "create", "web"])
    let image = try await laboratory.engine.image()
    let name = laboratory.name("web")
    let record = try await laboratory.record { client in
      _ = try await client.engine.createContainer(
        ContainerSpecification(image, "true"), name: name)
    }
    let client = try await Client.openEngine(laboratory.places)
    let container = try await client.inspectContainer(name)
    #expect(record.operation == "container.create")
    #expect(record.document.outcome == .succeeded)
    #expect(record.container == container.id)
    #expect(record.image == container.imageID)
    #expect(record.entry.field("Name") == name)
    #expect(record.entry.subject == "create \(name) from \(image)")
    #expect(record.entry.authorName == "Ada Lovelace")
    #expect(record.used == [.image, .imageReference])
    #expect(record.generated == [.container, .state, .snapshot])
    #expect(record.document.plan.command == ["sc", "container", "create", "web"])
    #expect(record.document.plan.request?.route == "/containers/create")
    #expect(record.document.exchange?.statusCode == 201)
    #expect(record.document.person?.name == "Ada Lovelace")
    #expect(record.document.engine != nil)
    #expect(record.document.startedAt <= record.document.endedAt)
    #expect(record.changed(under: "containers") == [Snapshot.path(container: container.id)])
    #expect(record.changed(under: "images").count == 1)
    #expect(container.labels[ContainerFinding.label] == record.document.id.description)
    try await laboratory.check()
  }

  @Test func recordsEachStepOfALife() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let (name, other) = (laboratory.name("life"), laboratory.name("renamed"))
    var id = ""
    let records = try await laboratory.records { client in
      let engine = client.engine
      id = try await engine.createContainer(.waiting(image), name: name).id
      try await engine.startContainer(name)
      try await engine.stopContainer(name, timeout: .seconds(5))
      try await engine.startContainer(id)
      try await engine.restartContainer(name, timeout: .seconds(5))
      try await engine.renameContainer(name, to: other)
      try await engine.killContainer(other, signal: "KILL")
      try await engine.removeContainer(other)
    }
    #expect(
      records.map(\.operation) == [
        "container.create", "container.start", "container.stop", "container.start",
        "container.restart", "container.rename", "container.kill", "container.remove",
      ])
    #expect(records.allSatisfy { $0.document.outcome == .succeeded })
    #expect(records.allSatisfy { $0.container == id })
    for (before, after) in zip(records, records.dropFirst()) {
      #expect(after.document.informedBy == [before.document.id])
    }
    for record in records.dropFirst().dropLast() {
      #expect(record.used == [.container])
      #expect(record.generated == [.state, .snapshot])
    }
    #expect(records[5].entry.subject == "rename \(name) to \(other)")
    #expect(records[5].entry.field("Name") == other)
    #expect(records[5].changed(under: "containers") == [Snapshot.path(container: id)])
    #expect(records[6].entry.subject == "kill \(other) with KILL")
    #expect(records[7].document.invalidated.count == 1)
    #expect(
      records[7].changes.filter { $0.kind == .removed }.map(\.path) == [
        Snapshot.path(container: id)
      ])
    try await laboratory.check()
  }

  @Test func recordsFailuresWithTheEnginesWords() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("taken")
    let records = try await laboratory.records { client in
      let engine = client.engine
      _ = try await engine.createContainer(.waiting(image), name: name)
      await #expect(throws: EngineError.self) {
        _ = try await engine.createContainer(.waiting(image), name: name)
      }
      await #expect(throws: EngineError.self) {
        _ = try await engine.createContainer(ContainerSpecification("no-such-image:1", "true"))
      }
      try await engine.startContainer(name)
      await #expect(throws: EngineError.self) { try await engine.removeContainer(name) }
      await #expect(throws: EngineError.self) { try await engine.stopContainer("nobody-\(name)") }
      try await engine.removeContainer(name, force: true)
    }
    let failures = records.compactMap { record -> (Record, String, Int?)? in
      guard case .failed(let message, let status) = record.document.outcome else { return nil }
      return (record, message, status)
    }
    #expect(records.count == 7)
    try #require(failures.count == 4)
    let conflict = EngineKind.current.statusOfConflicts
    #expect(failures.map(\.2) == [conflict, 404, conflict, 404])
    #expect(failures[0].1.contains("already in use"))
    #expect(failures[1].1.lowercased().contains("no such image"))
    #expect(failures[2].1.contains("running"))
    #expect(failures[3].0.entry.subject == "stop nobody-\(name)")
    for (record, _, _) in failures {
      #expect(record.entry.field("Outcome") == "failed")
      #expect(record.document.generated.isEmpty && record.document.invalidated.isEmpty)
      #expect(record.changed(under: "containers").isEmpty)
    }
    try await laboratory.check()
  }

  @Test func leavesOutWhatChangedNothing() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(.waiting(image)).id
      #expect(try await client.engine.startContainer(id))
      #expect(try await !client.engine.startContainer(id))
      _ = try await client.engine.inspectContainer(id)
      try await client.engine.removeContainer(id, force: true)
    }
    #expect(
      records.map(\.operation) == ["container.create", "container.start", "container.remove"])
    try await laboratory.check()
  }

  @Test func leavesNothingWhenTheEngineIsGone() async throws {
    let laboratory = try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let client = try await Client.open(laboratory.places)
      try await engine.stop()
      await #expect(throws: (any Error).self) {
        _ = try await client.engine.createContainer(ContainerSpecification("any", "true"))
      }
      return laboratory
    }
    #expect(try await laboratory.records().isEmpty)
    // A connection over TLS that was kept may take a request that nobody reads any more: whether it
    // was, the next client asks.
    let left = try laboratory.journal()
    #expect(left.count <= (EngineException.recognizableSocket.isOfTheEngine ? 1 : 0))
    await #expect { try await Client.open(laboratory.places) } throws: { error in
      (error as? SmartContainersError)?.code == .engineUnreachable
    }
  }

  @Test func recordsAnImageMadeOfAContainer() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let repository = laboratory.name("made")
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      var options = CommitOptions()
      options.repository = repository
      options.tag = "1"
      _ = try await client.engine.commitContainer(id, options: options)
      try await client.engine.removeContainer(id)
    }
    let commit = records[1]
    #expect(commit.operation == "container.commit")
    #expect(commit.container == records[0].container)
    #expect(commit.used == [.container])
    #expect(commit.generated == [.image, .imageReference, .snapshot])
    #expect(commit.document.informedBy == [records[0].document.id])
    #expect(commit.changed(under: "images").count == 1)
    #expect(commit.entry.subject.hasSuffix(" as \(repository):1"))
    let made = try await Client.openEngine(laboratory.places).inspectImage("\(repository):1")
    #expect(commit.image == made.id)
    try await laboratory.check()
  }
}
