import Canonical
import DockerEngine
import Provenance
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ArchiveRecordingTests {
  /// The bytes of a body.
  private func collect(
    _ body: some AsyncSequence<[UInt8], any Error>
  ) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in body { bytes += chunk }
    return bytes
  }

  /// The bytes in chunks.
  private func source(_ bytes: [UInt8]) -> ByteSource {
    let rest = Mutex(bytes[...])
    return {
      rest.withLock { rest in
        let chunk = rest.prefix(10_000)
        rest = rest.dropFirst(chunk.count)
        return chunk.isEmpty ? nil : Array(chunk)
      }
    }
  }

  /// The IRI of the archive that an operation used or made, and how many files are in it.
  private func archive(_ record: Record) throws -> (iri: String, memberCount: Int64?) {
    let links = record.document.used + record.document.generated
    let iri = try #require(links.first { $0.role == .archive }?.iri)
    let node = record.json["@graph"]?.array?.first { $0["@id"]?.string == iri }
    return (iri, node?["ce:memberCount"]?.integer)
  }

  private func iri(_ bytes: [UInt8]) -> String {
    Content(.archive, digest: SHA256Digest(of: bytes), byteCount: Int64(bytes.count)).iri
  }

  @Test func recordsWhatLeavesAContainerAndWhatAnImageIsMadeOf() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let (name, made) = (laboratory.name("exported"), laboratory.name("imported"))
    var bytes: [UInt8] = []
    var id = ""
    let records = try await laboratory.records { client in
      _ = try await client.engine.createContainer(
        ContainerSpecification(image, "true"), name: name)
      bytes = try await client.engine.exportContainer(name) { try await collect($0) }
      var options = ImportOptions()
      options.repository = made
      options.tag = "1"
      options.changes = ["LABEL a=b"]
      id = try await client.engine.importImage(archive: source(bytes), options: options)
      await #expect(throws: EngineError.self) {
        try await client.engine.exportContainer("nosuch") { try await collect($0) }
      }
    }
    try #require(
      records.map(\.operation)
        == ["container.create", "container.export", "image.import", "container.export"])
    #expect(records[1].used == [.container])
    #expect(records[1].generated == [.archive])
    let left = try archive(records[1])
    #expect(left.iri == iri(bytes))
    #expect((left.memberCount ?? 0) > 10)
    #expect(records[2].used == [.archive])
    #expect(records[2].generated == [.image, .imageReference, .snapshot])
    #expect(try archive(records[2]).iri == left.iri)
    #expect(records[2].image == id)
    #expect(records[2].entry.subject == "import an archive as \(made):1")
    #expect(records[3].document.outcome != .succeeded)
    try await laboratory.check()
  }

  @Test func recordsImagesThatLeaveAndComeBack() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("saved") + ":1"
    var bytes: [UInt8] = []
    var loaded: [String] = []
    let records = try await laboratory.records { client in
      let halves = name.split(separator: ":").map(String.init)
      try await client.engine.tagImage(image, repository: halves[0], tag: halves[1])
      bytes = try await client.engine.saveImages([name]) { try await collect($0) }
      _ = try await client.engine.removeImage(name)
      loaded = try await client.engine.loadImages(source(bytes))
    }
    #expect(loaded == [name])
    try #require(
      records.map(\.operation) == ["image.tag", "image.save", "image.remove", "image.load"])
    #expect(records[1].used == [.image])
    #expect(records[1].generated == [.archive])
    #expect(records[3].used == [.archive])
    #expect(records[3].generated.contains(.image))
    #expect(try archive(records[3]).iri == archive(records[1]).iri)
    #expect(try archive(records[1]).iri == iri(bytes))
    try await laboratory.check()
  }

  @Test func recordsCopiesInBothDirections() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("copied")
    let records = try await laboratory.records { client in
      let engine = client.engine
      _ = try await engine.createContainer(ContainerSpecification(image, "true"), name: name)
      let (stat, bytes) = try await engine.archive(of: name, path: "/etc/passwd") { stat, body in
        (stat, try await collect(body))
      }
      #expect(stat.name == "passwd")
      #expect(stat.permissions == 0o644)
      #expect(!stat.isFolder)
      try await engine.extract(into: name, at: "/tmp", archive: source(bytes))
      #expect(
        try await engine.pathStat(in: name, at: "/tmp/passwd").sizeInBytes == stat.sizeInBytes)
      #expect(try await engine.pathStat(in: name, at: "/bin").isFolder)
      let missing = await #expect(throws: EngineError.self) {
        _ = try await engine.pathStat(in: name, at: "/nosuch")
      }
      #expect(missing?.code == .notFound)
    }
    try #require(
      records.map(\.operation) == ["container.create", "container.copyOut", "container.copyIn"])
    #expect(records[1].entry.subject == "copy /etc/passwd out of \(name)")
    #expect(records[1].document.used.first?.path == "/etc/passwd")
    #expect(try archive(records[1]).memberCount == 1)
    #expect(try archive(records[1]).iri == archive(records[2]).iri)
    #expect(records[2].used == [.container, .archive])
    try await laboratory.check()
  }

  @Test(.needs(.refusedFolders)) func recordsACopyThatTheEngineRefused() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let plain = try await Client.openEngine(laboratory.places)
    let id = try await plain.createContainer(ContainerSpecification(image, "true")).id
    let record = try await laboratory.record { client in
      await #expect(throws: EngineError.self) {
        try await client.engine.extract(
          into: id, at: "/nosuch", archive: source([UInt8](repeating: 0, count: 1024)))
      }
    }
    #expect(record.operation == "container.copyIn" && record.document.outcome != .succeeded)
    try await plain.removeContainer(id)
  }

  @Test func anArchiveThatNobodyReadToItsEndIsAFailure() async throws {
    struct Enough: Error {}
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      await #expect(throws: Enough.self) {
        try await client.engine.exportContainer(id) { body in
          for try await _ in body { throw Enough() }
        }
      }
    }
    try #require(records.map(\.operation) == ["container.create", "container.export"])
    #expect(records[1].generated.isEmpty)
    guard case .failed = records[1].document.outcome else {
      Issue.record("not failed")
      return
    }
    try await laboratory.check()
  }

  /// A log that cannot write an intent down, and takes its time to find out.
  private struct FullDisk: OperationLog {
    func begin(_ intent: Intent) async throws -> any OperationTicket {
      try await Task.sleep(for: .milliseconds(200))
      throw Errno.noSpace
    }
  }

  @Test func handsNothingOnBeforeTheIntentStands() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let client = try await Client.open(laboratory.places)
    let name = laboratory.name("unwritten")
    _ = try await client.engine.createContainer(ContainerSpecification(image, "true"), name: name)
    let engine = client.engine.over(
      RecordingTransport(recorder: client.recorder, log: FullDisk(), engine: client.transport))
    let handed = Mutex(0)
    await #expect(throws: Errno.noSpace) {
      try await engine.exportContainer(name) { body in
        for try await chunk in body { handed.withLock { $0 += chunk.count } }
      }
    }
    #expect(handed.withLock(\.self) == 0)
    await #expect(throws: Errno.noSpace) { try await engine.renameContainer(name, to: name + "2") }
    _ = try await client.engine.inspectContainer(name)
    try await client.engine.removeContainer(name, removesVolumes: true, force: true)
  }
}
