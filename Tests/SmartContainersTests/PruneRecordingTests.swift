import Canonical
import HTTP
import Provenance
import Synchronization
import TestSupport
import Testing

@testable import SmartContainers

/// What nobody uses on a shared engine is somebody's: each test has an engine of its own.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct PruneRecordingTests {
  @Test func endsEachContainerThatWasRemoved() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let image = try await engine.image()
      let records = try await laboratory.records { client in
        let engine = client.engine
        _ = try await engine.createContainer(ContainerSpecification(image, "true"), name: "one")
        _ = try await engine.createContainer(.waiting(image), name: "running")
        try await engine.startContainer("running")
        #expect(try await engine.pruneContainers().removed.count == 1)
        #expect(try await engine.pruneContainers().removed == [])
      }
      try #require(
        records.map(\.operation) == [
          "container.create", "container.create", "container.start", "container.prune",
        ])
      #expect(records[3].entry.subject == "prune 1 container")
      #expect(records[3].document.invalidated.map(\.label) == ["one"])
      #expect(
        records[3].changes.filter { $0.kind == .removed }.map(\.path)
          == records[0].changed(under: "containers"))
      try await laboratory.check()
    }
  }

  @Test(.needs(.eventsOfPrunes)) func settlesAPrune() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let image = try await engine.image()
      // What a prune removed was not removed by a removal that was never sent, and what was
      // removed otherwise not by a prune that was never sent.
      let plain = try await Client.openEngine(laboratory.places)
      let two = try await plain.createContainer(ContainerSpecification(image, "true"), name: "two")
      try await laboratory.leave(isSent: true) { try await $0.pruneContainers() }
      let settled = try await laboratory.settle()
      #expect(settled.map(\.operation) == ["container.prune"])
      #expect(settled.first?.document.invalidated.map(\.label) == ["two"])
      #expect(settled.first?.document.invalidated.map(\.iri) == [Container(id: two.id).iri])
      try await laboratory.leave(isSent: false) { try await $0.pruneContainers() }
      #expect(try await laboratory.settle().isEmpty)
      try await laboratory.check()
    }
  }

  @Test(.needs(.prunesOfNamedImages)) func doesNotTakeAPruneForARemoval() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let image = try await engine.image()
      _ = try await laboratory.records { client in
        _ = try await client.engine.createContainer(ContainerSpecification(image), name: "one")
        let losing = client.engine.over(
          RecordingTransport(
            recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
            engine: LosingTransport(engine: client.transport, isSent: false)))
        await #expect(throws: (any Error).self) { try await losing.removeContainer("one") }
        await #expect(throws: (any Error).self) { try await losing.removeImage(image) }
        try await client.engine.pruneContainers()
        try await client.engine.pruneImages(filters: ["dangling": ["false"]])
      }
      #expect(try await laboratory.settle().isEmpty)
      try await laboratory.check()
    }
  }

  @Test func saysThatNobodyKnowsWhatWasCutShort() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let image = try await engine.image()
      let plain = try await Client.openEngine(laboratory.places)
      _ = try await plain.createContainer(ContainerSpecification(image), name: "one")
      // An engine that is cut off in the middle of a prune announces what it removed, and no end.
      try await laboratory.leave(isSent: false) { try await $0.pruneContainers() }
      try await plain.removeContainer("one")
      let settled = try await laboratory.settle()
      #expect(settled.map(\.operation) == ["container.prune"])
      #expect(settled.first?.entry.field("Outcome") == "unknown")
      #expect(settled.first?.document.invalidated.isEmpty == true)
      try await laboratory.check()
    }
  }

  @Test(.needs(.prunesOfNamedImages)) func endsWhatAnAnswerTellsThatIsTooLongToKeep() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let image = try await engine.image()
      let records = try await laboratory.records { client in
        let padded = client.engine.over(
          RecordingTransport(
            recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
            engine: PaddingTransport(engine: client.transport)))
        _ = try await padded.createVolume(VolumeSpecification(name: "data"))
        _ = try await client.engine.createContainer(ContainerSpecification(image), name: "one")
        try await padded.pruneContainers()
        try await padded.pruneVolumes()
        try await padded.pruneImages(filters: ["dangling": ["false"]])
      }
      try #require(
        records.map(\.operation) == [
          "volume.create", "container.create", "container.prune", "volume.prune", "image.prune",
        ])
      #expect(records[2].document.invalidated.map(\.label) == ["one"])
      #expect(records[3].document.invalidated.map(\.label) == ["data"])
      #expect(records[4].document.invalidated.count == 2)
      try await laboratory.check()
    }
  }

  @Test(.needs(.prunesOfNamedImages)) func endsEachImageAndNameThatWasRemoved() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let (image, other) = (try await engine.image("kept"), try await engine.image("other"))
      let records = try await laboratory.records { client in
        _ = try await client.engine.createContainer(ContainerSpecification(image), name: "one")
        try await client.engine.tagImage(other, repository: "lab", tag: "2")
        #expect(try await client.engine.pruneImages().removals.isEmpty)
        let report = try await client.engine.pruneImages(filters: ["dangling": ["false"]])
        #expect(report.removals.contains(.untagged("lab:2")))
        #expect(report.reclaimedInBytes >= 0)
      }
      try #require(
        records.map(\.operation) == ["container.create", "image.tag", "image.prune"])
      let prune = records[2]
      #expect(prune.entry.subject == "prune 1 image")
      #expect(
        prune.document.invalidated.filter { $0.types.contains("docker:ImageReference") }
          .compactMap(\.label).sorted() == ["lab:2", other].sorted())
      let images = prune.document.invalidated.filter { $0.types.contains("docker:Image") }
      #expect(images.map(\.iri) == records[1].document.used.map(\.iri))
      #expect(
        prune.changes.filter { $0.kind == .removed }.map(\.path)
          == records[1].changed(under: "images"))
      let third = try await engine.image("third")
      try await laboratory.leave(isSent: true) {
        try await $0.pruneImages(filters: ["dangling": ["false"]])
      }
      let settled = try await laboratory.settle()
      #expect(settled.map(\.operation) == ["image.prune"])
      #expect(settled.first?.document.invalidated.contains { $0.label == third } == true)
      try await laboratory.check()
    }
  }
}

/// A transport that puts two megabytes of spaces before each answer.
private struct PaddingTransport: HTTPTransport {
  let engine: any HTTPTransport

  func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    try await engine.withResponse(to: request) { response in
      let padding = Mutex<[UInt8]?>(Array(repeating: 0x20, count: 2 << 20))
      let bytes = try await response.body.collect()
      let answer = Mutex<[UInt8]?>(bytes)
      var padded = response
      padded.body = HTTPResponseBody {
        padding.withLock { $0.take() } ?? answer.withLock { $0.take() }
      }
      return try await handle(padded)
    }
  }
}
