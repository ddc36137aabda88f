import DockerEngine
import JSONLD
import TestSupport
import Testing

@testable import SmartContainers

/// What a label `smartcontainer` may hold.
private let good = #"{"@context":{"x":"http://example.org/x"},"x":"y"}"#
private let bad = #"{"@context":{"x":"not an IRI"},"x":"y"}"#

struct HandedInLabelTests {
  @Test(arguments: [
    (bad, "invalid IRI mapping at /@context/x: "), ("", "invalid JSON: "),
    (#"{"a":[1,]}"#, "invalid JSON at /a/1: "), ("5", "loading document failed: "),
    (#"[{},"a"]"#, "loading document failed at /1: "),
    (#"{"@context":"https://example.org/c"}"#, "loading remote context failed at /@context: "),
    (#"{"@id":5}"#, "invalid @id value at /@id: "),
  ])
  func refusesWhatIsNoDocument(_ value: String, _ expected: String) async throws {
    let error = await #expect(throws: SmartContainersError.self) {
      try await HandedInLabels.check(
        ["smartcontainer": value], loadingWith: ContextLoader())
    }
    #expect(error?.code == .usage)
    #expect(
      error?.message.hasPrefix("label smartcontainer: " + expected) == true, "\(error as Any)")
    #expect(error?.message.hasSuffix(".") == false)
    #expect((error?.hint != nil) == expected.contains("remote"))
  }

  @Test(arguments: [
    good, "{}", "[]", "[{}]", #"{"@context":"https://w3id.org/ro/crate/1.1/context","name":"a"}"#,
  ])
  func takesDocuments(_ value: String) async throws {
    try await HandedInLabels.check(["smartcontainer": value], loadingWith: ContextLoader())
  }

  @Test func looksAtNoOtherLabel() async throws {
    try await HandedInLabels.check(
      ["smartcontainers.activity": bad, "Smartcontainer": bad], loadingWith: ContextLoader())
  }

  @Test(arguments: [
    ("LABEL a=b", ["a=b"]), (" label\ta=\"b c\" d='{\"e\":1}'", ["a=b c", "d={\"e\":1}"]),
    (#"LABEL "a"="{\"b\":\"\$c\"}""#, [#"a={"b":"$c"}"#]), ("LABEL a b  c", ["a=b c"]),
    ("LABEL a=b=c d", ["a=b=c", "d="]), ("CMD a=b", []), ("LABEL", []), ("LABEL a='b", []),
    ("LABELS a=b", []), (#"LABEL a={"b":1}"#, ["a={b:1}"]),
  ])
  func readsInstructions(_ line: String, _ expected: [String]) {
    #expect(
      EngineDialect.dockerd.labels(ofInstruction: line).map { "\($0.name)=\($0.value)" } == expected
    )
  }
}

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct HandedInLabelRecordingTests {
  private let laboratory: Laboratory

  init() async throws { laboratory = try await Laboratory() }

  private func refused(_ body: (Client) async throws -> Void) async throws {
    let records = try await laboratory.records { client in
      do {
        try await body(client)
        Issue.record("was not refused")
      } catch let error as SmartContainersError {
        #expect(error.code == .usage)
        #expect(error.message.hasPrefix("label smartcontainer: invalid IRI mapping at /@context/x"))
      }
    }
    #expect(records.isEmpty)
    #expect(try laboratory.journal() == [])
  }

  private func specification(
    _ value: String, of image: String = "not-there"
  ) -> ContainerSpecification {
    var specification = ContainerSpecification(image: image)
    specification.labels = ["smartcontainer": value]
    return specification
  }

  @Test func refusesContainersBeforeTheEngineIsAsked() async throws {
    let name = laboratory.name("labelled")
    try await refused { client in
      _ = try await client.engine.createContainer(specification(bad), name: name)
    }
    try await refused { client in
      // The image that is missing is not looked for.
      _ = try await client.run(specification(bad)) { _ in }
    }
    let image = try await laboratory.engine.image()
    let records = try await laboratory.records { client in
      _ = try await client.engine.createContainer(specification(good, of: image), name: name)
      try await client.engine.removeContainer(name)
    }
    #expect(records.map(\.operation) == ["container.create", "container.remove"])
  }

  @Test func refusesImagesBeforeTheEngineIsAsked() async throws {
    try await refused { client in
      var options = BuildOptions()
      options.labels = ["smartcontainer": bad]
      _ = try await client.engine.buildImage(context: { nil }, options: options)
    }
    let quoted = bad.replacing("\"", with: "\\\"")
    // Podman takes what is between the quotes word for word.
    let changes =
      EngineKind.current == .podman
      ? ["LABEL smartcontainer=\(bad)", "label \"smartcontainer\"=\"\(bad)\""]
      : ["LABEL smartcontainer='\(bad)'", "label a=b \"smartcontainer\"=\"\(quoted)\""]
    for change in changes {
      try await refused { client in
        var options = CommitOptions()
        options.changes = ["CMD [\"sh\"]", change]
        _ = try await client.engine.commitContainer("not-there", options: options)
      }
      try await refused { client in
        var options = ImportOptions()
        options.changes = [change]
        _ = try await client.importImage(from: .data([]), options: options)
      }
    }
    try await refused { client in
      var options = CommitOptions()
      options.configuration = ["Labels": ["smartcontainer": .string(bad)]]
      _ = try await client.engine.commitContainer("not-there", options: options)
    }
  }
}
