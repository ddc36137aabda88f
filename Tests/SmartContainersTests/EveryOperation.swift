import Canonical
import DockerEngine
import Provenance
import Synchronization
import SystemPackage
import TestSupport

@testable import SmartContainers

/// Every recorded operation, once each, on an engine and a registry of its own.
struct EveryOperation {
  let laboratory: Laboratory
  let registry: TestRegistry

  /// The engine, unrecorded.
  let plain: EngineClient

  /// What the recorder knew of the operations that are no composites.
  private(set) var captured: [CapturedOperation] = []

  init(_ engine: TestEngine, _ registry: TestRegistry) async throws {
    laboratory = try await Laboratory(on: engine)
    self.registry = registry
    plain = try await Client.openEngine(laboratory.places)
    let image = try await engine.image()
    try await plain.tagImage(image, repository: "busybox", tag: "1.36")
    try await plain.removeImage(image)
  }

  mutating func perform() async throws {
    try await beginContainer()
    try await execute()
    try await copy()
    try await endContainer()
    let archive = try await exportAndImport()
    try await saveAndLoad()
    try await exchangeWithRegistry()
    try await build()
    try await makeSmart()
    try await remove()
    try await run()
    try await prune(makingImageOf: archive)
  }

  /// Does one operation as its command line would.
  private mutating func act(
    _ command: String, notes: OperationNotes = OperationNotes(),
    _ body: (Client, EngineClient) async throws -> Void
  ) async throws {
    var places = laboratory.places
    places.arguments = command.split(separator: " ").map(String.init)
    let client = try await Client.open(places)
    let log = CapturingLog(SingleOperationLog(recorder: client.recorder))
    try await body(client, client.recordedEngine(in: log, notes: notes))
    try client.finish()
    captured += log.captured
  }

  private mutating func beginContainer() async throws {
    try await act("sc network create lab") { _ = try await $1.createNetwork(.init(name: "lab")) }
    try await act("sc volume create data") { _ = try await $1.createVolume(.init(name: "data")) }
    try await act(
      "sc container create --name web -v data:/data -e MODE=draft -e PASSWORD=hunter2 busybox:1.36"
    ) {
      var specification = ContainerSpecification.waiting("busybox:1.36")
      specification.environment = ["MODE=draft", "PASSWORD=hunter2"]
      specification.host.binds = ["data:/data"]
      _ = try await $1.createContainer(specification, name: "web")
    }
    try await act("sc container start web") { _ = try await $1.startContainer("web") }
    try await act("sc network connect lab web") {
      try await $1.connectNetwork("lab", container: "web")
    }
    try await act("sc network disconnect lab web") {
      try await $1.disconnectNetwork("lab", container: "web")
    }
  }

  private mutating func execute() async throws {
    try await act("sc exec web echo hello") { client, _ in
      _ = try await client.exec(in: "web", .init(command: ["echo", "hello"])) { _ in }
    }
    // The two requests of an exec alone, as a program sends them.
    var id = ""
    try await act("monitor") { id = try await $1.createExec(in: "web", .init(command: ["true"])) }
    try await act("monitor") { [id] in
      try await $1.startExec(id, isFramed: true) { for try await _ in $0 {} }
    }
  }

  private mutating func copy() async throws {
    let archive = try await Self.archive(["note.txt": "1 2 3\n"])
    try await act("sc container cp note.txt web:/tmp") {
      try await $1.extract(into: "web", at: "/tmp", archive: Self.source(archive))
    }
    try await act("sc container cp web:/etc/passwd -") {
      try await $1.archive(of: "web", path: "/etc/passwd") { for try await _ in $1 {} }
    }
  }

  private mutating func endContainer() async throws {
    try await act("sc container restart -t 5 web") {
      try await $1.restartContainer("web", timeout: .seconds(5))
    }
    try await act("sc container kill web") { try await $1.killContainer("web", signal: "KILL") }
    _ = try await plain.waitForContainer("web")
    try await plain.startContainer("web")
    try await act("sc container stop -t 5 web") {
      _ = try await $1.stopContainer("web", timeout: .seconds(5))
    }
    try await act("sc container rename web shop") {
      try await $1.renameContainer("web", to: "shop")
    }
    try await act("sc container commit shop tool:2") {
      var options = CommitOptions()
      (options.repository, options.tag) = ("tool", "2")
      _ = try await $1.commitContainer("shop", options: options)
    }
  }

  private mutating func exportAndImport() async throws -> [UInt8] {
    var archive: [UInt8] = []
    try await act("sc container export -o shop.tar shop") {
      archive = try await $1.exportContainer("shop") { try await $0.collect() }
    }
    try await act("sc image import shop.tar tool:1") { [archive] in
      var options = ImportOptions()
      (options.repository, options.tag) = ("tool", "1")
      _ = try await $1.importImage(archive: Self.source(archive), options: options)
    }
    return archive
  }

  private mutating func saveAndLoad() async throws {
    var archive: [UInt8] = []
    try await act("sc image save -o tool.tar tool:2") {
      archive = try await $1.saveImages(["tool:2"]) { try await $0.collect() }
    }
    try await plain.removeImage("tool:2")
    try await act("sc image load -i tool.tar") { [archive] in
      _ = try await $1.loadImages(Self.source(archive))
    }
  }

  private mutating func exchangeWithRegistry() async throws {
    let repository = registry.address + "/tool"
    let credentials = RegistryCredentials(
      server: registry.address, user: registry.user, password: registry.password)
    try await act("sc image tag tool:1 \(repository):1") {
      try await $1.tagImage("tool:1", repository: repository, tag: "1")
    }
    try await act("sc image push \(repository):1") {
      try await $1.pushImage(repository, tag: "1", credentials: credentials)
    }
    try await act("sc image rm \(repository):1") { try await $1.removeImage("\(repository):1") }
    try await act("sc image pull \(repository):1") {
      try await $1.pullImage(repository, tag: "1", credentials: credentials)
    }
  }

  private mutating func build() async throws {
    let text = "FROM busybox:1.36\nCOPY note.txt /\n"
    let context = try await Self.archive(["Dockerfile": text, "note.txt": "1 2 3\n"])
    let file = Content(
      .dockerfile, digest: SHA256Digest(of: text.utf8), byteCount: Int64(text.utf8.count),
      path: "Dockerfile")
    try await act(
      "sc image build -t web:1 .",
      notes: OperationNotes(
        build: BuildNotes(
          dockerfile: file, dockerfileText: text, baseNames: ["busybox:1.36"],
          stages: [BuildPlan.Stage(name: nil, base: "busybox:1.36", platform: nil)]))
    ) {
      var options = BuildOptions()
      options.tags = ["web:1"]
      _ = try await $1.buildImage(context: Self.source(context), options: options)
    }
  }

  private mutating func makeSmart() async throws {
    try await act("sc label put --tag web:about web:1 about.jsonld") { client, _ in
      let document = #"{"http://schema.org/name":"web"}"#
      _ = try await client.putLabel(
        Array(document.utf8), on: try await client.engine.object(named: "web:1"),
        as: try ImageName("web:about"))
    }
    try await act("sc infect --tag web:smart web:about") { client, _ in
      _ = try await client.infect(
        try await client.engine.object(named: "web:about"),
        options: CommitOptions(name: try ImageName("web:smart")))
    }
    _ = try await plain.createContainer(ContainerSpecification(image: "web:smart"), name: "smart")
    try await act("sc container commit smart web:2") { client, _ in
      _ = try await client.commitContainer(
        "smart", options: CommitOptions(name: try ImageName("web:2")))
    }
    try await plain.removeContainer("smart")
  }

  private mutating func run() async throws {
    try await act("sc run --rm --name hello busybox:1.36 echo hello") { client, _ in
      var options = RunOptions()
      (options.name, options.removes) = ("hello", true)
      _ = try await client.run(
        ContainerSpecification("busybox:1.36", "echo", "hello"), options: options
      ) { _ in }
    }
    let plan = try await HistoryReader.open(laboratory.places).rerunPlan("hello")
    try await act("sc rerun hello") { client, _ in
      _ = try await client.rerun(try await client.survey(plan))
    }
  }

  private mutating func remove() async throws {
    try await act("sc container rm shop") { try await $1.removeContainer("shop") }
    try await act("sc network rm lab") { try await $1.removeNetwork("lab") }
    try await act("sc volume rm data") { try await $1.removeVolume("data") }
  }

  private mutating func prune(makingImageOf archive: [UInt8]) async throws {
    _ = try await plain.createContainer(ContainerSpecification("busybox:1.36"), name: "stale")
    try await act("sc container prune -f") { try await $1.pruneContainers() }
    var nameless = ImportOptions()
    nameless.changes = ["LABEL stale=yes"]
    _ = try await plain.importImage(archive: Self.source(archive), options: nameless)
    try await act("sc image prune -f") { try await $1.pruneImages() }
    _ = try await plain.createNetwork(NetworkSpecification(name: "stale"))
    try await act("sc network prune -f") { try await $1.pruneNetworks() }
    _ = try await plain.createVolume(VolumeSpecification(name: "stale"))
    try await act("sc volume prune -f") { try await $1.pruneVolumes() }
  }

  /// A tar archive of files that are the same each time.
  private static func archive(_ files: [String: String]) async throws -> [UInt8] {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    let archive = try await Command.run([
      "tar", "-C", folder.path.string, "--sort=name", "--mtime=@1700000000", "--owner=0",
      "--group=0", "--numeric-owner", "-c", ".",
    ])
    guard archive.status == 0 else { throw CommandError(call: "tar", message: archive.error) }
    return archive.outputBytes
  }

  /// The bytes, in one piece.
  static func source(_ bytes: [UInt8]) -> ByteSource {
    let rest = Mutex<[UInt8]?>(bytes)
    return {
      rest.withLock { rest in
        defer { rest = nil }
        return rest
      }
    }
  }
}
