import Canonical
import Foundation
import Provenance
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

/// Each way in which an engine says no: the typed error, the record, and how `sc` ends.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct FailureKindTests {
  /// One refusal, asked for by the library and by the command line.
  private struct Refusal {
    let code: EngineError.Code
    let status: Int
    let arguments: [String]
    var input: [UInt8] = []
    let words: String
    let ask: (EngineClient) async throws -> Void
  }

  @Test func namesEachRefusal() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("refusing")
    let plain = try await Client.openEngine(laboratory.places)
    var full = VolumeSpecification(name: laboratory.name("full"))
    full.options = ["type": "tmpfs", "device": "tmpfs", "o": "nr_blocks=16"]
    let volume = try await plain.createVolume(full)
    var specification = ContainerSpecification.waiting(image)
    specification.host.binds = ["\(volume.name):/full"]
    _ = try await plain.createContainer(specification, name: name)
    try await plain.startContainer(name)
    let isPodman = EngineKind.current == .podman
    for refusal in try await refusals(of: name, image) {
      var error: EngineError?
      let records = try await laboratory.records { client in
        error = await #expect(throws: EngineError.self) { try await refusal.ask(client.engine) }
      }
      #expect(error?.code == refusal.code, "\(refusal.arguments): \(error.debugDescription)")
      #expect(error?.status == refusal.status, "\(refusal.arguments)")
      #expect(records.count == 1)
      // The record has the status as it came.
      let status = isPodman && [400, 403, 409].contains(refusal.status) ? 500 : refusal.status
      guard case .failed(let message, status) = records.first?.document.outcome else {
        Issue.record("\(refusal.arguments) is recorded as \(String(describing: records.first))")
        continue
      }
      #expect(message.contains(refusal.words))
      let result = try await sc(refusal.arguments, input: refusal.input, in: laboratory)
      #expect(result.status == 1, "\(refusal.arguments): \(result.error)")
      #expect(result.error.contains(refusal.words), "\(result.error)")
    }
    try await plain.removeContainer(name, force: true)
    try await plain.removeVolume(volume.name)
    try await laboratory.check()
  }

  private func refusals(of name: String, _ image: String) async throws -> [Refusal] {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "x", count: 200_000), to: "big")
    let tar = try await Command.run(["tar", "-C", folder.path.string, "-c", "big"]).outputBytes
    let dockerfile = "FROM \(image)\nRUN exit 7\n"
    let isPodman = EngineKind.current == .podman
    // Podman has no network `none`, and refuses to remove the one that the container is in.
    let network = isPodman ? "podman" : "none"
    let memory = Refusal(
      code: .badRequest, status: 400, arguments: ["container", "create", "-m", "1k", image],
      words: "inimum memory limit"
    ) {
      var specification = ContainerSpecification(image)
      specification.host.memoryInBytes = 1024
      _ = try await $0.createContainer(specification)
    }
    // Podman takes any limit.
    return (isPodman ? [] : [memory]) + [
      Refusal(
        code: .notFound, status: 404, arguments: ["container", "start", "no-such"],
        words: "o such container"
      ) { _ = try await $0.startContainer("no-such") },
      Refusal(
        code: .conflict, status: 409, arguments: ["container", "rm", name],
        words: isPodman ? "it is running" : "running container"
      ) { try await $0.removeContainer(name) },
      Refusal(
        code: .badRequest, status: 400,
        arguments: ["container", "create", "--name", "%", image, "true"], words: "a-zA-Z0-9_.-"
      ) { _ = try await $0.createContainer(ContainerSpecification(image, "true"), name: "%") },
      Refusal(
        code: .forbidden, status: 403, arguments: ["network", "rm", network],
        words: isPodman ? "network is being used" : "pre-defined network"
      ) { try await $0.removeNetwork(network) },
      Refusal(
        code: .engineFault, status: 500,
        arguments: ["container", "cp", "-", "\(name):/etc/passwd"],
        input: tar, words: "not a directory"
      ) {
        try await $0.extract(into: name, at: "/etc/passwd", archive: EveryOperation.source(tar))
      },
      Refusal(
        code: .noSpace, status: 500, arguments: ["container", "cp", "-", "\(name):/full"],
        input: tar, words: "no space left on device"
      ) { try await $0.extract(into: name, at: "/full", archive: EveryOperation.source(tar)) },
      Refusal(
        code: .inStream, status: 200, arguments: ["image", "build", "-"],
        input: Array(dockerfile.utf8), words: isPodman ? "exit status 7" : "code: 7"
      ) {
        let context = try TemporaryFolder()
        try context.write(dockerfile, to: "Dockerfile")
        let tar = try await Command.run(["tar", "-C", context.path.string, "-c", "Dockerfile"])
        _ = try await $0.buildImage(
          context: EveryOperation.source(tar.outputBytes), options: BuildOptions())
      },
    ]
  }

  @Test func tellsThatNothingWasModified() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("unmodified")
    let plain = try await Client.openEngine(laboratory.places)
    _ = try await plain.createContainer(.waiting(image), name: name)
    let records = try await laboratory.records { client in
      if !EngineException.unmodifiedStops.isOfTheEngine {
        #expect(try await !client.engine.stopContainer(name))
      }
      try await plain.startContainer(name)
      #expect(try await plain.stopContainer(name))
      #expect(try await !client.engine.stopContainer(name))
      try await plain.startContainer(name)
      #expect(try await !client.engine.startContainer(name))
    }
    #expect(try await sc(["container", "start", name], in: laboratory).status == 0)
    #expect(records.isEmpty)
    #expect(try await laboratory.records().isEmpty)
    try await plain.removeContainer(name, force: true)
  }

  /// The engine's data is on a disk that is too small for what it is sent.
  @Test(.enabled(if: geteuid() == 0)) func namesAFullDiskOfTheEngine() async throws {
    let folder = try TemporaryFolder()
    let disk = folder.path.string
    try await Command.check(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk])
    do {
      try await TestEngine.with(in: folder.path.appending("engine")) { engine in
        let laboratory = try await Laboratory(on: engine)
        try await Command.check(
          ["sh", "-c", "truncate -s 80M data && tar -cf data.tar data"], in: laboratory.folder.path)
        let archive = laboratory.folder.path.appending("data.tar")
        let record = try await laboratory.record { client in
          let source = try FileSource(opening: archive)
          let error = await #expect(throws: EngineError.self) {
            _ = try await client.engine.importImage(
              archive: { try await source.next() }, options: ImportOptions())
          }
          #expect(error?.code == .noSpace, "\(error.debugDescription)")
        }
        #expect(record.entry.field("Outcome") == "failed")
        let result = try await sc(["image", "import", "data.tar"], in: laboratory)
        #expect(result.status == 1)
        #expect(result.error.contains("no space left on device"))
        #expect(result.error.contains("Make room on the engine's disk"))
        try await laboratory.check()
      }
    } catch {
      try await Command.check(["umount", "-l", disk])
      throw error
    }
    try await Command.check(["umount", "-l", disk])
  }

  /// An engine would take a path without the name for another one, and say where that is.
  @Test func asksForNothingInTheNameOfNobody() async throws {
    let laboratory = try await Laboratory()
    let records = try await laboratory.records { client in
      let asked: [(EngineClient) async throws -> Void] = [
        { _ = try await $0.startContainer("") }, { try await $0.removeContainer("") },
        { _ = try await $0.inspectContainer("") }, { _ = try await $0.removeImage("") },
        { try await $0.removeVolume("") }, { try await $0.removeNetwork("") },
      ]
      for ask in asked {
        let error = await #expect(throws: EngineError.self) { try await ask(client.engine) }
        #expect(error?.code == .badRequest && error?.status == nil)
      }
    }
    #expect(records.isEmpty)
  }

  private func sc(
    _ arguments: [String], input: [UInt8] = [], in laboratory: Laboratory
  ) async throws -> Command.Result {
    try await Command.run(
      [try Project.executable("sc").string] + arguments,
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": "\(laboratory.folder.path)/home",
      ].merging(laboratory.engine.variables) { $1 }, input: input, in: laboratory.folder.path)
  }
}
