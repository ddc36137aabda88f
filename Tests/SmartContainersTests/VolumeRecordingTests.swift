import Canonical
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct VolumeRecordingTests {
  @Test func recordsALife() async throws {
    let laboratory = try await Laboratory()
    let name = laboratory.name("data")
    let records = try await laboratory.records { client in
      var specification = VolumeSpecification(name: name)
      specification.labels = ["project": "lhc", "api-token": "s3cr3t-value"]
      specification.options = ["type": "tmpfs", "device": "tmpfs"]
      let made = try await client.engine.createVolume(specification)
      #expect(made.name == name && made.driver == "local" && made.createdAt != nil)
      #expect(made.options == specification.options)
      let again = try await client.engine.listVolumes(filters: ["name": [name]])
      #expect(again.map(\.labels) == [made.labels])
      try await client.engine.removeVolume(name)
    }
    try #require(records.map(\.operation) == ["volume.create", "volume.remove"])
    let engine = try await Client.openEngine(laboratory.places).info().id ?? ""
    let path = Snapshot.path(volume: Volume(name: name, engine: engine))
    let create = records[0]
    #expect(create.entry.subject == "create volume \(name)")
    #expect(create.generated == [.volume, .snapshot])
    #expect(create.document.generated.contains { $0.types.contains("docker:Volume") })
    #expect(create.changed(under: "volumes") == [path])
    #expect(create.entry.field("Volume") == "\(engine)/\(name)")
    let snapshot = try await laboratory.git("show", "\(create.entry.id):\(path)")
    #expect(snapshot.contains("\"project\": \"lhc\"") && snapshot.contains("\"type\": \"tmpfs\""))
    #expect(!snapshot.contains("s3cr3t-value") && !snapshot.contains(ContainerFinding.label))
    let remove = records[1]
    #expect(remove.entry.subject == "remove volume \(name)")
    #expect(remove.used == [.volume])
    #expect(remove.document.invalidated.map(\.label) == [name])
    #expect(remove.document.informedBy == [create.document.id])
    #expect(remove.changes.contains { $0.kind == .removed && $0.path == path })
    try await laboratory.check()
  }

  @Test func recordsNothingThatDidNotHappen() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("taken")
    let plain = try await Client.openEngine(laboratory.places)
    var first = VolumeSpecification(name: name)
    first.labels = ["kept": "yes"]
    _ = try await plain.createVolume(first)
    var specification = ContainerSpecification(image, "true")
    specification.host.binds = ["\(name):/data"]
    let container = try await plain.createContainer(specification).id
    let records = try await laboratory.records { client in
      var second = VolumeSpecification(name: name)
      second.labels = ["kept": "no"]
      // The engine says 201 and has changed nothing.
      #expect(try await client.engine.createVolume(second).labels == ["kept": "yes"])
      try await client.engine.removeVolume("no-such-\(name)", force: true)
      await #expect(throws: EngineError.self) { try await client.engine.removeVolume(name) }
      await #expect(throws: EngineError.self) {
        try await client.engine.removeVolume("no-such-\(name)")
      }
    }
    try #require(records.map(\.operation) == ["volume.remove", "volume.remove"])
    #expect(records.map { $0.entry.field("Outcome") } == ["failed", "failed"])
    #expect(records.allSatisfy { $0.document.invalidated.isEmpty && $0.generated.isEmpty })
    #expect(records[0].used == [.volume] && records[1].used.isEmpty)
    try await plain.removeContainer(container)
    try await plain.removeVolume(name)
    try await laboratory.check()
  }

  @Test func recordsWhatAPruneRemoved() async throws {
    // What nobody uses on a shared engine is somebody's.
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let (one, other) = (laboratory.name("one"), laboratory.name("other"))
      let records = try await laboratory.records { client in
        let engine = client.engine
        var dropped = VolumeSpecification(name: one)
        dropped.labels = ["drop": ""]
        _ = try await engine.createVolume(dropped)
        _ = try await engine.createVolume(VolumeSpecification(name: other))
        #expect(try await engine.pruneVolumes(filters: ["label": ["drop"]]).removed == [one])
        #expect(try await engine.pruneVolumes(filters: ["label": ["drop"]]).removed == [])
      }
      try #require(records.map(\.operation) == ["volume.create", "volume.create", "volume.prune"])
      #expect(records[2].entry.subject == "prune 1 volume")
      #expect(records[2].document.invalidated.map(\.label) == [one])
      #expect(
        records[2].changes.filter { $0.kind == .removed }.map(\.path)
          == records[0].changed(under: "volumes"))
      try await laboratory.check()
    }
  }

  @Test(.needs(.eventsOfPrunes)) func settlesAPrune() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let (one, other) = (laboratory.name("one"), laboratory.name("other"))
      let plain = try await Client.openEngine(laboratory.places)
      _ = try await plain.createVolume(VolumeSpecification(name: other))
      try await laboratory.leave(isSent: true) { try await $0.pruneVolumes() }
      let settled = try await laboratory.settle()
      #expect(settled.map(\.operation) == ["volume.prune"])
      #expect(settled.first?.document.invalidated.map(\.label) == [other])
      // One that others remove meanwhile was not removed by a prune that was never sent.
      _ = try await plain.createVolume(VolumeSpecification(name: one))
      try await laboratory.leave(isSent: false) { try await $0.pruneVolumes() }
      try await plain.removeVolume(one)
      #expect(try await laboratory.settle().isEmpty)
      try await laboratory.check()
    }
  }

  @Test func settlesWhatAnotherProcessLeft() async throws {
    // Of what came and went only the engine's events tell, which others would make it forget.
    try await TestEngine.with { try await settleWhatAnotherProcessLeft(on: $0) }
  }

  private func settleWhatAnotherProcessLeft(on engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let name = laboratory.name("left")
    let plain = try await Client.openEngine(laboratory.places)
    let steps: [(String, (EngineClient) async throws -> Void)] = [
      ("volume.create", { _ = try await $0.createVolume(VolumeSpecification(name: name)) }),
      ("volume.remove", { try await $0.removeVolume(name) }),
      ("volume.create", { _ = try await $0.createVolume() }),
    ]
    for (operation, step) in steps {
      try await laboratory.leave(isSent: true, step)
      let records = try await laboratory.settle()
      #expect(records.map(\.operation) == [operation])
      #expect(records.first?.entry.field("Outcome") == "succeeded")
    }
    // One that came and went, and one whose name somebody else has taken.
    try await laboratory.leave(isSent: true) {
      _ = try await $0.createVolume(VolumeSpecification(name: name))
    }
    try await plain.removeVolume(name)
    #expect(try await laboratory.settle().map(\.operation) == ["volume.create"])
    _ = try await plain.createVolume(VolumeSpecification(name: name))
    try await laboratory.leave(isSent: true) {
      _ = try await $0.createVolume(VolumeSpecification(name: name))
    }
    #expect(try await laboratory.settle().isEmpty)
    for (_, step) in steps { try await laboratory.leave(isSent: false, step) }
    #expect(try await laboratory.settle().isEmpty)
    try await plain.removeVolume(name)
    try await laboratory.check()
  }

  @Test func doesNotTakeAPruneForARemoval() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let name = laboratory.name("pruned")
      _ = try await laboratory.records { client in
        _ = try await client.engine.createVolume(VolumeSpecification(name: name))
        let losing = client.engine.over(
          RecordingTransport(
            recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
            engine: LosingTransport(engine: client.transport, isSent: false)))
        await #expect(throws: (any Error).self) { try await losing.removeVolume(name) }
        try await client.engine.pruneVolumes()
      }
      #expect(try await laboratory.settle().isEmpty)
      try await laboratory.check()
    }
  }
}
