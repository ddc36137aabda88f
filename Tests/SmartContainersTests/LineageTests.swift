import Canonical
import Foundation
import Provenance
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

/// Lineages of what was done on a real engine.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct LineageTests {
  /// A build, a container of it with files, an image of that with one of them, and a run of that.
  private struct Story {
    let laboratory: Laboratory
    let (first, second): (FilePath, FilePath)
    let (web, built, final, base): (String, String, String, String)
    private(set) var records: [String: Record] = [:]

    init() async throws {
      laboratory = try await Laboratory()
      first = try laboratory.folder.write("1,2\n", to: "first.csv")
      second = try laboratory.folder.write("3,4\n", to: "second.csv")
      base = try await laboratory.engine.image("base")
      web = laboratory.name("web")
      built = laboratory.name("built") + ":1"
      final = laboratory.name("final") + ":1"
      try await perform()
    }

    private mutating func add(_ name: String, _ body: (Client) async throws -> Void) async throws {
      records[name] = try await laboratory.record(body)
    }

    private mutating func perform() async throws {
      let (web, built, final, base) = (web, built, final, base)
      let (first, second) = (first, second)
      try await add("build") { client in
        var options = BuildOptions()
        options.builder = .classic
        options.tags = [built]
        _ = try await client.buildImage(
          from: .dockerfile(Array("FROM \(base)\nENV MODE=draft\n".utf8)), options: options
        ) { _ in }
      }
      try await add("create") { client in
        _ = try await client.engine.createContainer(.waiting(built), name: web)
      }
      for number in 1...3 {
        try await add("start\(number)") { _ = try await $0.engine.startContainer(web) }
        try await add("stop\(number)") {
          _ = try await $0.engine.stopContainer(web, timeout: .seconds(5))
        }
      }
      try await add("first") { try await $0.copy(first.string, to: web, "/tmp/") }
      try await add("rename") { client in
        try await client.engine.renameContainer(web, to: web + "-2")
      }
      try await add("commit") { client in
        var options = CommitOptions()
        options.repository = String(final.dropLast(2))
        options.tag = "1"
        _ = try await client.engine.commitContainer(web + "-2", options: options)
      }
      try await add("second") { try await $0.copy(second.string, to: web + "-2", "/tmp/") }
      try await add("export") { client in
        _ = try await client.engine.exportContainer(web + "-2") { body in
          for try await _ in body {}
        }
      }
      try await add("run") { client in
        var options = RunOptions()
        options.removes = true
        _ = try await client.run(
          ContainerSpecification(final, "sh", "-c", "wc -l </tmp/first.csv"), options: options,
          onOutput: { _ in })
      }
    }

    /// Short names for what has an IRI.
    func names() throws -> [String: String] {
      var names: [String: String] = [:]
      for (name, record) in records { names[record.document.id.iri] = name }
      func take(_ record: String, _ role: Role, as name: String) throws {
        let links = try #require(records[record]).document
        let found = (links.generated + links.used).first { $0.role == role }
        names[try #require(found, "\(record) has no \(role)").iri] = name
      }
      try take("build", .baseImage, as: "BASE")
      try take("build", .image, as: "BUILT")
      try take("create", .container, as: "WEB")
      try take("first", .state, as: "WEB+1")
      try take("second", .state, as: "WEB+2")
      try take("first", .archive, as: "FIRST")
      try take("second", .archive, as: "SECOND")
      try take("commit", .image, as: "FINAL")
      try take("export", .archive, as: "EXPORTED")
      let output = try #require(records["run"]).document.generated.first {
        $0.types.contains("ce:StandardOutput")
      }
      names[try #require(output).iri] = "OUTPUT"
      return names
    }
  }

  private let before: Set = [
    "build used BASE", "BUILT wasGeneratedBy build", "create used BUILT",
    "WEB wasGeneratedBy create",
  ]

  @Test func followsAnImageToWhatItWasMadeOf() async throws {
    let story = try await Story()
    let names = try story.names()
    let reader = try await HistoryReader.open(story.laboratory.places)
    let expected: Set = before.union([
      "FINAL wasGeneratedBy commit", "commit used WEB+1", "WEB+1 wasGeneratedBy first",
      "WEB+1 wasRevisionOf WEB", "first used FIRST", "first used WEB",
    ])
    let image = try #require(story.records["commit"]?.image)
    for word in [story.final, image, String(image.dropFirst(7).prefix(12))] {
      let graph = try await reader.lineage(of: LineageSubject(word: word))
      #expect(names[graph.subject] == "FINAL")
      // What the build sent is there as well.
      let edges = graph.edges(naming: names).filter { !$0.contains("used ni:") }
      #expect(edges == expected, "\(word): \(edges.symmetricDifference(expected))")
      let web = try #require(graph.nodes.values.first { names[$0.iri] == "WEB" })
      #expect(
        web.steps == [
          .init(operation: "container.start", count: 3),
          .init(operation: "container.stop", count: 3),
        ])
      let build = graph.nodes.values.first { names[$0.iri] == "build" }
      #expect(build?.activity?.operation == "image.build")
      #expect(build?.activity?.people == ["Ada Lovelace"])
      #expect(build?.activity?.outcome == "succeeded" && build?.activity?.startedAt != nil)
    }
    let run = try #require(story.records["run"]?.document.id)
    let ran = try await reader.lineage(of: LineageSubject(word: String(run.description.prefix(18))))
    #expect(ran.subject == run.iri)
    #expect(
      ran.edges(naming: names).filter { !$0.contains("used ni:") }
        == expected.union(["run used FINAL"]))
    let commit = try await reader.lineage(of: LineageSubject(word: "HEAD"), depth: 1)
    #expect(commit.subject == run.iri && commit.edges(naming: names) == ["run used FINAL"])
  }

  @Test func followsAFileToWhatCameOfIt() async throws {
    let story = try await Story()
    let names = try story.names()
    let reader = try await HistoryReader.open(story.laboratory.places)
    func edges(_ path: FilePath) async throws -> (LineageGraph, Set<String>) {
      let graph = try await reader.lineage(
        of: LineageSubject(word: path.string, file: .look(at: path), isPath: true), .forward)
      return (graph, graph.edges(naming: names))
    }
    let (graph, first) = try await edges(story.first)
    let standardError = IRI.named(by: SHA256Digest(of: []))
    #expect(names[graph.subject] == "FIRST")
    // The file went into the container as an archive, and nobody claims that it is the same.
    #expect(graph.note?.contains("archive") == true)
    #expect(
      first.subtracting(["\(standardError) wasGeneratedBy run"]) == [
        "first used FIRST", "WEB+1 wasGeneratedBy first", "commit used WEB+1",
        "FINAL wasGeneratedBy commit", "run used FINAL", "OUTPUT wasGeneratedBy run",
        "second used WEB+1", "WEB+2 wasRevisionOf WEB+1", "WEB+2 wasGeneratedBy second",
        "export used WEB+2", "EXPORTED wasGeneratedBy export",
      ])
    // What came later is in no image that was made before.
    let (_, second) = try await edges(story.second)
    #expect(
      second == [
        "second used SECOND", "WEB+2 wasGeneratedBy second", "export used WEB+2",
        "EXPORTED wasGeneratedBy export",
      ])
  }

  @Test func aContainerCameOfAllThatWentIntoIt() async throws {
    let story = try await Story()
    let names = try story.names()
    let reader = try await HistoryReader.open(story.laboratory.places)
    let id = try #require(story.records["create"]?.container)
    for word in [story.web + "-2", id, String(id.prefix(12))] {
      let graph = try await reader.lineage(of: LineageSubject(word: word))
      #expect(names[graph.subject] == "WEB+2")
      #expect(graph.nodes[graph.subject]?.container?.hasSuffix(id) == true)
      #expect(graph.nodes[graph.subject]?.label == story.web + "-2")
      #expect(
        graph.edges(naming: names).filter { !$0.contains("used ni:") }
          == before.union([
            "WEB+2 wasGeneratedBy second", "WEB+2 wasRevisionOf WEB+1", "second used SECOND",
            "second used WEB+1", "WEB+1 wasGeneratedBy first", "WEB+1 wasRevisionOf WEB",
            "first used FIRST", "first used WEB",
          ]))
    }
    let forward = try await reader.lineage(of: LineageSubject(word: story.web + "-2"), .forward)
    #expect(names[forward.subject] == "WEB")
    #expect(
      forward.edges(naming: names).isSuperset(of: ["commit used WEB+1", "export used WEB+2"]))
  }

  /// The documents' digests are those of the bytes, so that what a run wrote is found in a file.
  @Test func findsTheOutputOfARunInAFile() async throws {
    let story = try await Story()
    let names = try story.names()
    let reader = try await HistoryReader.open(story.laboratory.places)
    let file = try story.laboratory.folder.write("1\n", to: "kept/output.txt")
    let graph = try await reader.lineage(
      of: LineageSubject(word: "output.txt", file: .look(at: file)), depth: 2)
    #expect(names[graph.subject] == "OUTPUT" && graph.note == nil)
    #expect(graph.edges(naming: names) == ["OUTPUT wasGeneratedBy run", "run used FINAL"])
  }
}
