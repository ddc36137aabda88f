import Canonical
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ImageRecordingTests {
  @Test func recordsABuildFromAFolder() async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let text = "FROM \(base)\nCOPY data.txt /data.txt\n"
    try laboratory.folder.write(text, to: "context/Dockerfile")
    try laboratory.folder.write("1 2 3\n", to: "context/data.txt")
    let name = laboratory.name("built") + ":1"
    var id = ""
    let record = try await laboratory.record { client in
      var options = BuildOptions()
      options.tags = [name]
      id = try await client.buildImage(
        from: .folder(laboratory.folder.path.appending("context"), dockerfile: nil),
        options: options)
    }
    #expect(record.operation == "image.build")
    #expect(record.document.outcome == .succeeded)
    #expect(record.image == id)
    #expect(record.entry.subject == "build \(name)")
    #expect(record.used == [.dockerfile, .buildContext, .baseImage])
    #expect(record.generated == [.image, .imageReference, .snapshot])
    #expect(record.document.plan.dockerfile?.digest == SHA256Digest(of: Array(text.utf8)))
    #expect(record.document.exchange?.request?.digest == record.document.plan.buildContext?.digest)
    #expect(record.changed(under: "images").count == 1)
    try await laboratory.check()
  }

  @Test func recordsABuildFromADockerfile() async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let name = laboratory.name("built") + ":latest"
    let records = try await laboratory.records { client in
      var options = BuildOptions()
      options.tags = [name]
      let image = try await client.buildImage(
        from: .dockerfile(Array("FROM \(base)\nENV MODE=draft\n".utf8)), options: options)
      _ = try await client.engine.createContainer(ContainerSpecification(image, "true"))
    }
    try #require(records.map(\.operation) == ["image.build", "container.create"])
    #expect(records[0].generated == [.image, .imageReference, .snapshot])
    #expect(records[1].document.informedBy == [records[0].document.id])
    try await laboratory.check()
  }

  @Test func recordsTheStepThatFailed() async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      await #expect(throws: EngineError.self) {
        _ = try await client.buildImage(
          from: .dockerfile(Array("FROM \(base)\nRUN exit 7\n".utf8)), options: BuildOptions())
      }
    }
    guard case .failed(let message, let status) = record.document.outcome else {
      Issue.record("the outcome is \(record.document.outcome)")
      return
    }
    #expect(message.contains("exit 7") && message.contains(/code: 7|status 7/))
    // The error came inside of a successful answer.
    #expect(status == 200)
    #expect(record.generated.isEmpty)
    #expect(record.used == [.dockerfile, .buildContext, .baseImage])
    try await laboratory.check()
  }

  @Test func recordsNamesThatComeAndGo() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let repository = laboratory.name("tagged")
    let records = try await laboratory.records { client in
      try await client.engine.tagImage(image, repository: repository, tag: "2")
      try await client.engine.removeImage("\(repository):2")
      try await client.engine.removeImage(image)
      await #expect(throws: EngineError.self) { try await client.engine.removeImage(image) }
    }
    try #require(
      records.map(\.operation) == ["image.tag", "image.remove", "image.remove", "image.remove"])
    #expect(records[0].entry.subject == "tag \(image) as \(repository):2")
    #expect(records[0].generated == [.imageReference, .snapshot])
    #expect(records[1].entry.subject == "remove image \(repository):2")
    #expect(records[1].document.invalidated.map(\.types).count == 1)
    #expect(records[1].document.informedBy == [records[0].document.id])
    #expect(records[1].changed(under: "images").isEmpty)
    #expect(records[2].document.invalidated.count == 2)
    #expect(records[2].changes.contains { $0.kind == .removed && $0.path.hasPrefix("images/") })
    #expect(records[3].entry.field("Outcome") == "failed")
    #expect(Set(records.dropLast().compactMap(\.image)).count == 1)
    try await laboratory.check()
  }
}
