import Canonical
import Foundation
import History
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

/// Who set which field, of what was done on a real engine.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct BlameTests {
  private func blamed(
    _ laboratory: Laboratory, _ word: String, _ fields: String...
  ) async throws -> [String: String] {
    let blame = try await HistoryReader.open(laboratory.places).blame(word, fields: fields)
    return Dictionary(
      uniqueKeysWithValues: blame.fields.map { ($0.name, $0.record?.operation ?? "not recorded") })
  }

  @Test func eachFieldIsOfTheOperationThatSetItLast() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let (name, other) = (laboratory.name("web"), laboratory.name("shop"))
    let network = laboratory.name("lab")
    let records = try await laboratory.records { client in
      let engine = client.engine
      var specification = ContainerSpecification.waiting(image)
      specification.environment = ["MODE=draft", "API_TOKEN=hunter2-0123456789"]
      let id = try await engine.createContainer(specification, name: name).id
      _ = try await engine.startContainer(id)
      _ = try await engine.createNetwork(NetworkSpecification(name: network))
      try await engine.connectNetwork(network, container: id)
      try await engine.renameContainer(id, to: other)
      _ = try await engine.stopContainer(id, timeout: .seconds(5))
    }
    let id = try #require(records[0].container)
    for word in [other, String(id.prefix(12)), id] {
      let fields = try await blamed(laboratory, word)
      #expect(fields["name"] == "container.rename")
      #expect(fields["networks.\(network)"] == "network.connect")
      for field in ["environment.MODE", "environment.API_TOKEN", "command"] {
        #expect(fields[field] == "container.create", "\(field)")
      }
      #expect(Set(fields.values) == ["container.create", "container.rename", "network.connect"])
    }
    #expect(
      try await blamed(laboratory, other, "environment.MODE", "name") == [
        "environment.MODE": "container.create", "name": "container.rename",
      ])
    let below = try await blamed(laboratory, other, "environment").keys
    #expect(below.contains("environment.MODE") && below.allSatisfy { $0.hasPrefix("environment.") })
    let reader = try await HistoryReader.open(laboratory.places)
    for (word, fields) in [(other, ["nosuch"]), ("nosuch", [])] {
      await #expect {
        _ = try await reader.blame(word, fields: fields)
      } throws: { error in
        let error = error as? SmartContainersError
        return error?.code == .failed && error?.hint != nil
          && error?.message.contains("nosuch") == true
      }
    }
    // What is gone is blamed as it was.
    _ = try await laboratory.record { try await $0.engine.removeContainer(other, force: true) }
    #expect(try await blamed(laboratory, id)["name"] == "container.rename")
    let blame = try await reader.blame(id, fields: ["environment.API_TOKEN"])
    #expect(!blame.json.text().contains("hunter2"))
    #expect(blame.fields[0].record?.authorName == "Ada Lovelace")
  }

  @Test func aFieldThatWasSetBackIsOfWhoSetItBack() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let (name, other) = (laboratory.name("one"), laboratory.name("two"))
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(
        ContainerSpecification(image, "true"), name: name
      ).id
      try await client.engine.renameContainer(id, to: other)
      try await client.engine.renameContainer(id, to: name)
    }
    let blame = try await HistoryReader.open(laboratory.places).blame(name, fields: ["name"])
    #expect(blame.fields.map(\.record?.commit) == [records[2].entry.id.description])
  }

  @Test func aContainerThatCameAndWentIsOfItsRun() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("run")
    _ = try await laboratory.record { client in
      var options = RunOptions()
      (options.name, options.removes) = (name, true)
      _ = try await client.run(
        ContainerSpecification(image, "true"), options: options, onOutput: { _ in })
    }
    #expect(Set(try await blamed(laboratory, name).values) == ["run"])
  }

  /// A base of elsewhere that was tagged here, a build of it, a container of that, and an image of the
  /// container.
  @Test func theFieldsOfAnImageAreOfThoseWhoBroughtThem() async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image(
      "base", changes: ["ENV FROM_BASE=1", "WORKDIR /srv"])
    let (tagged, built) = (laboratory.name("tagged") + ":1", laboratory.name("built") + ":1")
    let (web, final) = (laboratory.name("web"), laboratory.name("final"))
    _ = try await laboratory.records { client in
      try await client.engine.tagImage(base, repository: String(tagged.dropLast(2)), tag: "1")
      var build = BuildOptions()
      build.builder = .classic
      build.tags = [built]
      let text = "FROM \(tagged)\nENV FROM_BUILD=2\nRUN echo built > /built\n"
      _ = try await client.buildImage(from: .dockerfile(Array(text.utf8)), options: build) { _ in }
      var specification = ContainerSpecification.waiting(built)
      specification.environment = ["FROM_CREATE=3"]
      _ = try await client.engine.createContainer(specification, name: web)
      var commit = CommitOptions()
      (commit.repository, commit.tag) = (final, "1")
      commit.changes = ["ENV FROM_COMMIT=4"]
      _ = try await client.engine.commitContainer(web, options: commit)
    }
    let fields = try await blamed(laboratory, final + ":1")
    #expect(fields["environment.FROM_BASE"] == "not recorded")
    #expect(fields["workingDirectory"] == "not recorded")
    #expect(fields["layers.0"] == "not recorded")
    #expect(fields["environment.FROM_BUILD"] == "image.build")
    #expect(fields["layers.1"] == "image.build")
    #expect(fields["environment.FROM_CREATE"] == "container.create")
    #expect(fields["environment.FROM_COMMIT"] == "container.commit")
    #expect(fields["created"] == "container.commit")
    let ofBuild = try await blamed(laboratory, built)
    #expect(ofBuild["environment.FROM_BASE"] == "not recorded")
    #expect(ofBuild["environment.FROM_BUILD"] == "image.build")
    #expect(ofBuild["created"] == "image.build")
  }
}
