import Canonical
import DockerEngine
import Provenance
import Synchronization
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ExecRecordingTests {
  private final class Output: Sendable {
    private let chunks = Mutex<[OutputChunk]>([])

    func take(_ chunk: OutputChunk) { chunks.withLock { $0.append(chunk) } }

    func text(_ stream: OutputChunk.Stream) -> String {
      let bytes = chunks.withLock { $0.filter { $0.stream == stream }.flatMap(\.bytes) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func recordsACommandInAContainerAsOne() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("executing")
    let output = Output()
    let records = try await laboratory.records { client in
      _ = try await client.engine.createContainer(.waiting(image), name: name)
      try await client.engine.startContainer(name)
      var specification = ExecSpecification(
        command: ["sh", "-c", "echo out $API_TOKEN; echo err >&2; pwd; exit 3"])
      specification.environment = ["API_TOKEN=s3cr3t-of-exec"]
      specification.workingDirectory = "/tmp"
      let code = try await client.exec(in: name, specification) { output.take($0) }
      #expect(code == 3)
    }
    #expect(output.text(.standardOutput) == "out s3cr3t-of-exec\n/tmp\n")
    #expect(output.text(.standardError) == "err\n")
    try #require(records.map(\.operation) == ["container.create", "container.start", "exec"])
    let record = records[2]
    #expect(record.document.exitCode == 3)
    #expect(record.document.parts.map(\.operation) == ["exec.create", "exec.start"])
    #expect(record.generated == [.standardOutput, .standardError])
    #expect(record.container == records[0].container)
    #expect(!record.json.text().contains("s3cr3t"), "redacted")
    try await Client.openEngine(laboratory.places).removeContainer(name, force: true)
    try await laboratory.check()
  }

  @Test func recordsWhatCannotBeExecuted() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("refusing")
    let records = try await laboratory.records { client in
      _ = try await client.engine.createContainer(.waiting(image), name: name)
      // It does not run.
      let error = await #expect(throws: EngineError.self) {
        _ = try await client.exec(in: name, ExecSpecification(command: ["true"])) { _ in }
      }
      #expect(error?.code == .conflict)
      try await client.engine.startContainer(name)
      let code = try await client.exec(in: name, ExecSpecification(command: ["nosuch"])) { _ in }
      #expect(code == 126 || code == 127)
      #expect(
        try await client.exec(
          in: name, ExecSpecification(command: ["touch", "/tmp/seen"]), detaches: true
        ) { _ in } == nil)
    }
    let execs = records.filter { $0.operation == "exec" }
    try #require(execs.count == 3)
    #expect(execs[0].document.outcome != .succeeded)
    #expect(execs[1].document.outcome != .succeeded)
    #expect(execs[2].document.outcome == .succeeded)
    try await Client.openEngine(laboratory.places).removeContainer(name, force: true)
    try await laboratory.check()
  }
}
