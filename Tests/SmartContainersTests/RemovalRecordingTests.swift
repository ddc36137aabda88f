import Canonical
import Provenance
import Synchronization
import TestSupport
import Testing

@testable import SmartContainers

/// What goes with something else: the volumes of a container, and all that a prune takes.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct RemovalRecordingTests {
  private func withVolumes(_ image: String, _ named: String) -> ContainerSpecification {
    var specification = ContainerSpecification(image, "true")
    specification.volumes = ["/scratch"]
    specification.host.binds = ["\(named):/data"]
    return specification
  }

  /// The operations that the log shows for a filter, newest first.
  private func operations(
    _ laboratory: Laboratory, _ change: (inout LogFilter) -> Void
  ) async throws -> [String] {
    var filter = LogFilter()
    change(&filter)
    let reader = try await HistoryReader.open(laboratory.places)
    let found = Collected()
    try await reader.log(filter) { record in
      found.add(record.operation ?? "")
      return true
    }
    return found.all
  }

  @Test func endsTheVolumesThatGoWithAContainer() async throws {
    // Of what is gone only the engine's events tell, which others would make it forget.
    try await TestEngine.with { try await endVolumes(on: $0) }
  }

  private func endVolumes(on engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let (name, named) = (laboratory.name("with"), laboratory.name("named"))
    let plain = try await Client.openEngine(laboratory.places)
    var anonymous = ""
    let records = try await laboratory.records { client in
      let engine = client.engine
      _ = try await engine.createContainer(withVolumes(image, named), name: name)
      let mounts = try await engine.inspectContainer(name).json["Mounts"]?.array ?? []
      anonymous = mounts.compactMap { $0["Name"]?.string }.first { $0 != named } ?? ""
      try await engine.removeContainer(name, removesVolumes: true)
      _ = try await engine.createContainer(withVolumes(image, named), name: name)
      try await engine.removeContainer(name)
    }
    try #require(
      records.map(\.operation) == [
        "container.create", "container.remove", "container.create", "container.remove",
      ])
    #expect(anonymous.count == 64)
    #expect(records[1].document.invalidated.map(\.label) == [name, anonymous])
    #expect(records[3].document.invalidated.map(\.label) == [name])
    #expect(
      try await operations(laboratory) { $0.volumes = [anonymous] } == ["container.remove"])
    // After a crash too; and a volume that went so was not removed by another who was killed.
    let id = try await plain.createContainer(withVolumes(image, named), name: name).id
    let mounts = try await plain.inspectContainer(id).json["Mounts"]?.array ?? []
    let second = mounts.compactMap { $0["Name"]?.string }.first { $0 != named } ?? ""
    try await laboratory.leave(isSent: false) { try await $0.removeVolume(second) }
    try await laboratory.leave(isSent: true) {
      try await $0.removeContainer(id, removesVolumes: true)
    }
    let settled = try await laboratory.settle()
    #expect(settled.map(\.operation) == ["container.remove"])
    let removal = settled.first
    #expect(removal?.document.invalidated.map(\.label) == [name, second])
    try await plain.removeVolume(named)
    try await laboratory.check()
  }

  @Test func doesNotTakeAContainersRemovalForAVolumes() async throws {
    try await TestEngine.with { try await removeContainer(on: $0) }
  }

  private func removeContainer(on engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let (name, named) = (laboratory.name("with"), laboratory.name("named"))
    let records = try await laboratory.records { client in
      let engine = client.engine
      _ = try await engine.createContainer(withVolumes(image, named), name: name)
      let mounts = try await engine.inspectContainer(name).json["Mounts"]?.array ?? []
      let anonymous = mounts.compactMap { $0["Name"]?.string }.first { $0 != named } ?? ""
      let losing = engine.over(
        RecordingTransport(
          recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
          engine: LosingTransport(engine: client.transport, isSent: false)))
      await #expect(throws: (any Error).self) { try await losing.removeVolume(anonymous) }
      try await engine.removeContainer(name, removesVolumes: true)
    }
    #expect(records.map(\.operation) == ["container.create", "container.remove"])
    #expect(try await laboratory.settle().isEmpty)
    let plain = try await Client.openEngine(laboratory.places)
    try await plain.removeVolume(named)
    try await laboratory.check()
  }

  @Test func prunesAreInTheLogOfWhatTheyRemoved() async throws {
    let prunesNamed = !EngineException.prunesOfNamedImages.isOfTheEngine
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let (image, other) = (try await engine.image("tool"), try await engine.image("other"))
      var id = ""
      _ = try await laboratory.records { client in
        let engine = client.engine
        id = try await engine.createContainer(ContainerSpecification(image), name: "first").id
        try await engine.renameContainer("first", to: "one")
        _ = try await engine.createContainer(ContainerSpecification(image), name: "two")
        try await engine.pruneContainers()
        _ = try await engine.createContainer(ContainerSpecification(image), name: "keeper")
        try await engine.tagImage(other, repository: "lab", tag: "2")
        if prunesNamed { try await engine.pruneImages(filters: ["dangling": ["false"]]) }
        _ = try await engine.createNetwork(NetworkSpecification(name: "net"))
        try await engine.pruneNetworks()
        _ = try await engine.createVolume(VolumeSpecification(name: "data"))
        try await engine.pruneVolumes()
      }
      let life = ["container.prune", "container.rename", "container.create"]
      #expect(try await operations(laboratory) { $0.containers = ["one"] } == life)
      #expect(try await operations(laboratory) { $0.containers = [String(id.prefix(12))] } == life)
      #expect(
        try await operations(laboratory) { $0.containers = ["two"] }
          == ["container.prune", "container.create"])
      #expect(
        try await operations(laboratory) { $0.containers = ["keeper"] } == ["container.create"])
      #expect(
        try await operations(laboratory) { $0.images = ["lab:2"] }
          == (prunesNamed ? ["image.prune"] : []) + ["image.tag"])
      #expect(
        try await operations(laboratory) { $0.networks = ["net"] }
          == ["network.prune", "network.create"])
      #expect(
        try await operations(laboratory) { $0.volumes = ["data"] }
          == ["volume.prune", "volume.create"])
      #expect(try await operations(laboratory) { $0.volumes = ["other"] }.isEmpty)
      let message = try await laboratory.git(
        "log", "--format=%B", "--grep", "Removed: container \(id) one")
      #expect(message.contains("prune 2 containers"))
      try await laboratory.check()
    }
  }
}

/// Texts in the order in which they came.
private final class Collected: Sendable {
  private let texts = Mutex<[String]>([])
  func add(_ text: String) { texts.withLock { $0.append(text) } }
  var all: [String] { texts.withLock { $0 } }
}
