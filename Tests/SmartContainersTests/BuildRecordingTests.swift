import Canonical
import DockerEngine
import Foundation
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

/// Builds by both builders of a real engine, and what the history has of them.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct BuildRecordingTests {
  static let builders: [ImageBuilder] =
    EngineException.buildKit.isOfTheEngine ? [.classic] : [.classic, .buildKit]

  /// The end of what the engine says when a command fails with 7.
  private let exitCode = EngineException.buildKit.isOfTheEngine ? "exit status 7" : "code: 7"

  private func options(_ builder: ImageBuilder, _ name: String? = nil) -> BuildOptions {
    var options = BuildOptions()
    options.builder = builder
    options.tags = name.map { [$0] } ?? []
    return options
  }

  private func outputs(_ events: [ProgressEvent]) -> String {
    events.map { event in
      switch event {
      case .output(let text): text
      case .stepOutput(let output): String(decoding: output.bytes, as: UTF8.self)
      default: ""
      }
    }.joined()
  }

  @Test(arguments: builders)
  func recordsTheStagesOfATarget(_ builder: ImageBuilder) async throws {
    let laboratory = try await Laboratory()
    let bases = [
      try await laboratory.engine.image("one"), try await laboratory.engine.image("two"),
    ]
    let unused = try await laboratory.engine.image("unused")
    let text = """
      ARG BASE=nosuch
      FROM ${BASE} AS first
      ARG VERSION
      RUN echo $VERSION > /version
      FROM \(unused) AS idle
      RUN exit 1
      FROM --platform=linux/amd64 \(bases[1]) AS final
      COPY --from=first /version /version
      ENV MODE=draft
      FROM nosuch.invalid/never
      """
    let dockerfile = builder == .classic ? text.replacing("RUN exit 1", with: "USER 1") : text
    var options = options(builder, laboratory.name("built") + ":1")
    options.buildArguments = ["BASE": bases[0], "VERSION": "3", "API_TOKEN": "hunter2-0123456789"]
    options.labels = ["purpose": "a test"]
    options.target = "final"
    options.platform = "linux/amd64"
    var (id, events) = ("", [ProgressEvent]())
    let record = try await laboratory.record { [options] client in
      id = try await client.buildImage(from: .dockerfile(Array(dockerfile.utf8)), options: options)
      {
        events.append($0)
      }
    }
    #expect(record.image == id && record.document.outcome == .succeeded)
    #expect(events.last { if case .image = $0 { true } else { false } } == .image(id: id))
    let client = try await Client.openEngine(laboratory.places)
    let built = try await client.inspectImage(id)
    #expect(built.json["Config"]?["Labels"]?["purpose"] == "a test")
    #expect(built.json["Config"]?["Env"]?.strings?.contains("MODE=draft") == true)

    let plan = try #require(record.document.plan.build)
    #expect(plan.builder == builder.rawValue && plan.target == "final")
    let names = builder == .classic ? ["first", "idle", "final"] : ["first", "final"]
    #expect(plan.stages.map(\.name) == names)
    #expect(plan.stages.first?.base == bases[0] && plan.stages.last?.base == bases[1])
    #expect(plan.stages.last?.platform == "linux/amd64")
    // Each by the digest for which the engine has the name.
    for stage in plan.stages {
      let digest = try await client.inspectImage(stage.base).id
      #expect(stage.image.flatMap { SHA256Digest(namingInformation: $0) }?.description == digest)
    }
    let used = record.document.used.filter { $0.role == .baseImage }
    #expect(Set(used.map(\.iri)) == Set(plan.stages.compactMap(\.image)))
    #expect(record.document.plan.dockerfile?.digest == SHA256Digest(of: Array(dockerfile.utf8)))
    let document = try await laboratory.text(of: record)
    #expect(!document.contains("hunter2") && document.contains("buildargs={"))
    try await laboratory.check()
  }

  @Test(arguments: builders)
  func usesTheCacheUnlessToldNotTo(_ builder: ImageBuilder) async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let source = BuildSource.dockerfile(
      Array("FROM \(base)\nRUN head -c 16 /dev/urandom > /random\n".utf8))
    let name = laboratory.name("cached") + ":1"
    var ids: [String] = []
    let records = try await laboratory.records { client in
      var options = options(builder, name)
      ids.append(try await client.buildImage(from: source, options: options))
      options.cacheFrom = [name]
      ids.append(try await client.buildImage(from: source, options: options))
      options.usesCache = false
      ids.append(try await client.buildImage(from: source, options: options))
      options.usesCache = true
      options.isQuiet = true
      options.tags = []
      ids.append(
        try await client.buildImage(from: source, options: options) { event in
          Issue.record("told \(event)")
        })
    }
    #expect(records.count == 4 && records.map(\.image) == ids)
    #expect(ids[0] == ids[1] && ids[1] != ids[2])
    try await laboratory.check()
  }

  @Test(.needs(.buildKit)) func keepsWhatACacheMountHolds() async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let id = laboratory.name("cache")
    var events: [ProgressEvent] = []
    _ = try await laboratory.records { client in
      for turn in 1...2 {
        let text = """
          FROM \(base)
          RUN --mount=type=cache,id=\(id),target=/c \\
            echo turn \(turn) >> /c/log && cat /c/log
          """
        _ = try await client.buildImage(
          from: .dockerfile(Array(text.utf8)), options: options(.buildKit)
        ) { events.append($0) }
      }
    }
    #expect(outputs(events) == "turn 1\nturn 1\nturn 2\n")
    let classic = await #expect(throws: EngineError.self) {
      _ = try await Client.open(laboratory.places).buildImage(
        from: .dockerfile(Array("FROM \(base)\nRUN --mount=type=cache,target=/c true\n".utf8)),
        options: options(.classic))
    }
    #expect(classic?.message.contains("BuildKit") == true)
  }

  @Test(arguments: builders)
  func recordsTheStepThatFailed(_ builder: ImageBuilder) async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      let error = await #expect(throws: EngineError.self) {
        _ = try await client.buildImage(
          from: .dockerfile(Array("FROM \(base)\nRUN echo 404 Not Found; exit 7\n".utf8)),
          options: options(builder))
      }
      #expect(error?.code == .inStream && error?.exitCode == 7)
      #expect(error?.message.contains("exit 7") == true)
      #expect((error?.step != nil) == (builder == .buildKit))
    }
    guard case .failed(let message, let status) = record.document.outcome else {
      Issue.record("the outcome is \(record.document.outcome)")
      return
    }
    #expect(message.contains("exit 7") && message.contains(exitCode) && status == 200)
    #expect(record.generated.isEmpty && record.used == [.dockerfile, .buildContext, .baseImage])
    #expect(record.document.plan.build?.builder == builder.rawValue)
    try await laboratory.check()
  }

  @Test(arguments: builders, ["secret", "ssh"])
  func refusesWhatNeedsASession(_ builder: ImageBuilder, _ kind: String) async throws {
    let laboratory = try await Laboratory()
    let text = """
      FROM nosuch
      RUN <<EOF
      RUN --mount=type=\(kind) in a heredoc
      EOF
      RUN --network=none \\
          --mount=type=\(kind),id=key true
      """
    let records = try await laboratory.records { client in
      let error = await #expect(throws: SmartContainersError.self) {
        _ = try await client.buildImage(
          from: .dockerfile(Array(text.utf8)), options: options(builder))
      }
      #expect(error?.message.contains("line 5") == true)
      #expect(error?.message.contains("type=\(kind)") == true)
      #expect(error?.hint?.contains("docker build --\(kind)") == true)
    }
    // Nothing was sent, and nothing noted.
    #expect(try records.isEmpty && laboratory.journal().isEmpty)
  }

  @Test(arguments: builders)
  func saysWhoKnowsHeredocs(_ builder: ImageBuilder) async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let text = "FROM \(base)\nRUN <<END\necho one\nEND\n"
    var (failure, events): ((any Error)?, [ProgressEvent]) = (nil, [])
    let record = try await laboratory.record { client in
      do {
        _ = try await client.buildImage(
          from: .dockerfile(Array(text.utf8)), options: options(builder)
        ) { events.append($0) }
      } catch {
        failure = error
      }
    }
    guard let failure else {
      // BuildKit of Docker 23 knows them.
      #expect(builder == .buildKit && outputs(events) == "one\n")
      return
    }
    let error = try #require(failure as? SmartContainersError)
    #expect(error.message.contains("ECHO"))
    // Podman has other words, which name no line.
    #expect(error.message.contains("line 3") == !EngineException.buildKit.isOfTheEngine)
    #expect(error.hint?.contains("heredocs") == true)
    #expect(record.entry.field("Outcome") == "failed")
  }

  @Test(.needs(.buildKit)) func saysWhyAFrontendIsMissing() async throws {
    let laboratory = try await Laboratory()
    let base = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      let error = await #expect(throws: SmartContainersError.self) {
        _ = try await client.buildImage(
          from: .dockerfile(Array("# syntax=127.0.0.1:9/frontend:1\nFROM \(base)\n".utf8)),
          options: options(.buildKit))
      }
      #expect(error?.message.hasPrefix("the engine cannot get 127.0.0.1:9/frontend:1") == true)
      #expect(error?.hint?.hasPrefix("Leave the line out") == true)
    }
    #expect(record.entry.field("Outcome") == "failed")
  }

  @Test func refusesWhatTheBuilderCannotDo() async throws {
    let laboratory = try await Laboratory()
    let records = try await laboratory.records { client in
      var squashing = options(.buildKit)
      squashing.squashes = true
      let error = await #expect(throws: EngineError.self) {
        _ = try await client.buildImage(from: .dockerfile([]), options: squashing)
      }
      #expect(error?.code == .unsupported)
      let old = EngineClient(
        transport: client.transport, apiVersion: APIVersion(1, 38), defaultBuilder: .buildKit)
      let chosen = try old.builder(for: BuildOptions())
      #expect(chosen == .classic)
      #expect(throws: EngineError.self) { try old.builder(for: options(.buildKit)) }
      let podman = EngineClient(
        transport: client.transport, apiVersion: APIVersion(1, 41), dialect: .podman,
        defaultBuilder: .buildKit)
      #expect(try podman.builder(for: BuildOptions()) == .classic)
      let refused = #expect(throws: EngineError.self) {
        try podman.builder(for: options(.buildKit))
      }
      #expect(refused?.code == .unsupported && refused?.message.hasPrefix("podman has no") == true)
    }
    #expect(records.isEmpty)
  }

  static let choices: [(variable: String?, preferred: String?, chosen: ImageBuilder)] = [
    (nil, "2", .buildKit), (nil, "1", .classic), (nil, nil, .classic), ("", "2", .buildKit),
    ("0", "2", .classic), ("1", nil, .buildKit), ("True", "1", .buildKit),
  ]

  @Test(arguments: choices)
  func choosesTheBuilderAsDockerDoes(
    _ choice: (variable: String?, preferred: String?, chosen: ImageBuilder)
  ) async throws {
    let laboratory = try await Laboratory()
    let transport = try await Client.open(laboratory.places).transport
    let greeting = EngineGreeting(
      apiVersion: APIVersion(1, 41), server: nil, builderVersion: choice.preferred)
    let engine = try EngineClient(transport: transport, after: greeting).over(transport)
    var options = BuildOptions()
    options.builder = try ImageBuilder(variable: choice.variable)
    #expect(try engine.builder(for: options) == choice.chosen)
    #expect(throws: SmartContainersError.self) { try ImageBuilder(variable: "maybe") }
  }

  @Test func knowsWhatBuildKitResolved() throws {
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let step = "[build 1/2] FROM docker.io/library/tool:1@\(digest)"
    let found = try #require(BuildTrace.resolvedImage(in: step))
    #expect(found == ("docker.io/library/tool:1", digest))
    for other in [
      "[1/2] FROM docker.io/library/tool:1", "[2/2] RUN echo FROM a@\(digest)",
      "FROM a b@\(digest)",
      "[1/2] FROM a@sha256:1", "[", "",
    ] {
      #expect(BuildTrace.resolvedImage(in: other) == nil)
    }
    let base = BaseFinding(name: "tool:1", resolved: [found.name: found.digest], image: nil)
    #expect(try BaseFinding(json: base.json) == base)
    #expect(base.entity == .imageReference(ImageReference(name: "tool@\(digest)")))
    #expect(BaseFinding(name: "tool", resolved: [found.name: digest], image: nil).entity == nil)
    let pinned = BaseFinding(
      name: "r.example:5/tool:1@\(digest)", resolved: ["r.example:5/tool:1": digest], image: nil)
    #expect(pinned.entity == .imageReference(ImageReference(name: "r.example:5/tool@\(digest)")))
  }

  @Test(
    .enabled(if: TestRegistry.isAvailable, "no registry can be started here"), arguments: builders)
  func pullsPrivateBases(_ builder: ImageBuilder) async throws {
    let scene = try await RegistryRecordingTests.Scene("private")
    let name = scene.repository + ":1"
    let source = BuildSource.dockerfile(Array("FROM \(name)\nENV A=1\n".utf8))
    let records = try await scene.laboratory.records { client in
      try await client.engine.pushImage(
        scene.repository, tag: "1", credentials: scene.credentials)
      try await client.engine.removeImage(name, force: true)
      let error = await #expect(throws: EngineError.self) {
        _ = try await client.buildImage(from: source, options: options(builder))
      }
      #expect(error?.code == .unauthorized, "\(error?.message ?? "")")
      for pulls in [false, true] {
        var options = options(builder)
        options.pulls = pulls
        _ = try await client.buildImage(
          from: source, options: options, credentials: [scene.credentials])
      }
    }
    // BuildKit's base is pulled before: when it is missing, and when that is asked for.
    #expect(
      records.dropFirst(3).map(\.operation)
        == (builder == .classic
          ? ["image.build", "image.build"]
          : ["image.pull", "image.build", "image.pull", "image.build"]))
    #expect(records.dropFirst(3).allSatisfy { $0.document.outcome == .succeeded })
    let base = try #require(records.last?.document.used.first { $0.role == .baseImage })
    #expect(base.types.contains("docker:Image"))
    let text = try await scene.laboratory.text(of: #require(records.last))
    #expect(text.contains("\(scene.repository)@sha256:"))
    #expect(!text.contains(scene.registry.password))
    try await scene.laboratory.check()
  }
}
