import Canonical
import Provenance
import Synchronization
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct InteractionTests {
  private struct Broken: Error {}

  private func interaction(_ chunks: [String]) -> Interaction {
    let rest = Mutex(chunks[...])
    return Interaction(input: { rest.withLock { $0.popFirst().map { Array($0.utf8) } } })
  }

  private func specification(_ image: String, _ command: String...) -> ContainerSpecification {
    var specification = ContainerSpecification(image: image)
    specification.command = command
    specification.opensStandardInput = true
    return specification
  }

  @Test func recordsWhatWasPassedToARun() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let output = Mutex<[UInt8]>([])
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.removes = true
      let result = try await client.run(
        specification(image, "cat"), options: options, interaction: interaction(["one", "two"])
      ) { chunk in output.withLock { $0 += chunk.bytes } }
      #expect(result.exitCode == 0)
    }
    #expect(output.withLock { $0 } == Array("onetwo".utf8))
    let content = Content(
      .standardInput, digest: SHA256Digest(of: Array("onetwo".utf8)), byteCount: 6)
    #expect(record.document.used.contains { $0.role == .standardInput && $0.iri == content.iri })
    try await laboratory.check()
  }

  @Test func doesNotDigestWhatIsTyped() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.removes = true
      var specification = specification(image, "sh")
      specification.hasTerminal = true
      let result = try await client.run(
        specification, options: options, interaction: interaction(["exit 3\n"])
      ) { _ in }
      #expect(result.exitCode == 3)
    }
    #expect(!record.used.contains(.standardInput))
  }

  @Test func recordsARunThatTheUserLeft() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      var specification = specification(image, "sh")
      specification.hasTerminal = true
      let result = try await client.run(
        specification, interaction: interaction(["\u{10}", "\u{11}"])
      ) { _ in }
      #expect(result.exitCode == nil)
      let engine = try await Client.openEngine(laboratory.places)
      #expect(try await engine.inspectContainer(result.containerID).isRunning)
      try await engine.removeContainer(result.containerID, force: true)
    }
    #expect(record.document.outcome == .succeeded)
    #expect(record.document.exitCode == nil)
    try await laboratory.check()
  }

  @Test func recordsARunWhoseInputFailed() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("broken-input")
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.name = name
      await #expect(throws: Broken.self) {
        _ = try await client.run(
          specification(image, "cat"), options: options,
          interaction: Interaction(input: { throw Broken() })
        ) { _ in }
      }
    }
    #expect(record.document.outcome != .succeeded)
    #expect(record.container != nil)
    try await Client.openEngine(laboratory.places).removeContainer(name, force: true)
    try await laboratory.check()
  }

  @Test func attachesWithoutARecord() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("attach")
    let output = Mutex<[UInt8]>([])
    let records = try await laboratory.records { client in
      _ = try await client.engine.createContainer(specification(image, "cat"), name: name)
      let error = await #expect(throws: EngineError.self) {
        _ = try await client.attach(to: name) { _ in }
      }
      #expect(error?.code == .conflict)
      let exitCode = try await client.attach(
        to: name, starts: true, interaction: interaction(["in"])
      ) { chunk in output.withLock { $0 += chunk.bytes } }
      #expect(exitCode == 0)
    }
    #expect(output.withLock { $0 } == Array("in".utf8))
    #expect(records.map(\.operation) == ["container.create", "container.start"])
    try await Client.openEngine(laboratory.places).removeContainer(name, force: true)
    try await laboratory.check()
  }
}
