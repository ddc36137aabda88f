import Canonical
import Foundation
import Provenance
import Synchronization
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct RunRecordingTests {
  @Test func recordsARunAsOne() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let name = laboratory.name("run")
    let output = Mutex<[UInt8]>([])
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.name = name
      options.removes = true
      let result = try await client.run(
        ContainerSpecification(image, "sh", "-c", "echo out; echo err >&2; exit 3"),
        options: options,
        onOutput: { chunk in
          if chunk.stream == .standardOutput { output.withLock { $0 += chunk.bytes } }
        })
      #expect(result.exitCode == 3)
    }
    #expect(output.withLock { $0 } == Array("out\n".utf8))
    let document = record.document
    #expect(document.operation == "run")
    #expect(document.exitCode == 3)
    #expect(document.outcome == .failed(message: "the container ended with exit code 3"))
    #expect(
      document.parts.map(\.operation) == [
        "container.create", "container.start", "container.remove",
      ]
    )
    #expect(document.parts.allSatisfy { $0.outcome == .succeeded })
    #expect(document.parts[2].informedBy == [document.parts[1].id])
    let digests = document.generated.filter { $0.role != .snapshot }.map(\.iri)
    #expect(record.generated == [.standardOutput, .standardError])
    for text in ["out\n", "err\n"] {
      let content = Content(
        .standardOutput, digest: SHA256Digest(of: Array(text.utf8)), byteCount: 4)
      #expect(digests.contains(content.iri))
    }
    #expect(record.entry.subject == "run \(name) from \(image)")
    #expect(record.changed(under: "containers").isEmpty)
    // The container is gone; what it was stands beside the document.
    let path = try #require(
      record.changed(under: "activities").first { $0.hasSuffix(".container.json") })
    #expect(path == record.activityPath.replacing(".jsonld", with: ".container.json"))
    let snapshot = try JSONValue(
      parsing: Array(try await laboratory.git("show", "main:\(path)").utf8))
    #expect(snapshot["Name"]?.string == name)
    let made = document.parts[0].generated.first { $0.label == path }
    #expect(made?.role == .snapshot)
    try await laboratory.check()
  }

  @Test func recordsWhyARunDidNotBegin() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let records = try await laboratory.records { client in
      await #expect(throws: RunFailure.self) {
        _ = try await client.run(
          ContainerSpecification("no-such-image:1", "true"), onOutput: { _ in })
      }
      var options = RunOptions()
      options.removes = true
      await #expect(throws: RunFailure.self) {
        _ = try await client.run(
          ContainerSpecification(image, "/no/such/command"), options: options, onOutput: { _ in })
      }
    }
    try #require(records.map(\.operation) == ["run", "run"])
    #expect(records[0].document.parts.map(\.operation) == ["container.create"])
    #expect(records[0].document.outcome == records[0].document.parts[0].outcome)
    #expect(
      records[1].document.parts.map { $0.outcome == .succeeded } == [true, false, true])
    #expect(records[1].document.outcome == records[1].document.parts[1].outcome)
    try await laboratory.check()
  }

  @Test func sendsASignalThatCameBeforeTheStart() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      let (signals, user) = AsyncStream<String>.makeStream()
      user.yield("KILL")
      let result = try await client.run(
        ContainerSpecification(image, "sleep", "120"), signals: signals, onOutput: { _ in })
      #expect(result.exitCode == 137)
      try await Client.openEngine(laboratory.places).removeContainer(result.containerID)
    }
    #expect(
      record.document.parts.map(\.operation) == [
        "container.create", "container.start", "container.kill",
      ])
    #expect(record.document.parts.allSatisfy { $0.outcome == .succeeded })
    try await laboratory.check()
  }

  /// The reader is slower than the container, whose end must not cut its output off.
  @Test func passesAllOutputOnWithoutSignals() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let other = try await Client.openEngine(laboratory.places)
    let id = Mutex("")
    let count = Mutex(0)
    _ = try await laboratory.record { client in
      let result = try await client.run(
        ContainerSpecification(image, "head", "-c", "200000", "/dev/zero"),
        onCreated: { created in id.withLock { $0 = created.id } },
        onOutput: { chunk in
          let isFirst = count.withLock { count in
            defer { count += chunk.bytes.count }
            return count == 0
          }
          guard isFirst else { return }
          // Others ask about its end, too; whoever asked first is answered by then.
          let id = id.withLock { $0 }
          for _ in 0..<20 { _ = try await other.waitForContainer(id) }
        })
      try await other.removeContainer(result.containerID)
    }
    #expect(count.withLock { $0 } == 200_000)
  }

  @Test func goesOnToTheEndWithoutAReader() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let calls = Mutex(0)
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.removes = true
      await #expect(throws: ReaderIsGone.self) {
        _ = try await client.run(
          ContainerSpecification(image, "sh", "-c", "echo one; sleep 0.2; echo two; exit 3"),
          options: options,
          onOutput: { _ in
            calls.withLock { $0 += 1 }
            throw ReaderIsGone()
          })
      }
    }
    #expect(calls.withLock { $0 } == 1)
    let document = record.document
    #expect(document.exitCode == 3)
    #expect(
      document.parts.map(\.operation) == [
        "container.create", "container.start", "container.remove",
      ])
    let whole = Content(
      .standardOutput, digest: SHA256Digest(of: Array("one\ntwo\n".utf8)), byteCount: 8)
    #expect(document.generated.map(\.iri).contains(whole.iri))
    try await laboratory.check()
  }

  @Test func removesWhatTheCallerDoesNotWantToStart() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.removes = true
      await #expect(throws: ReaderIsGone.self) {
        _ = try await client.run(
          ContainerSpecification(image, "true"), options: options,
          onCreated: { _ in throw ReaderIsGone() }, onOutput: { _ in })
      }
    }
    #expect(
      record.document.parts.map(\.operation) == ["container.create", "container.remove"])
    try await laboratory.check()
  }

  @Test func recordsARunInTheBackground() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    var id = ""
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.detaches = true
      let result = try await client.run(.waiting(image), options: options, onOutput: { _ in })
      #expect(result.exitCode == nil)
      id = result.containerID
    }
    #expect(record.document.outcome == .succeeded)
    #expect(record.container == id)
    #expect(record.changed(under: "containers") == [Snapshot.path(container: id)])
    try await Client.openEngine(laboratory.places).removeContainer(id, force: true)
    try await laboratory.check()
  }
}

extension Record {
  var activityPath: String {
    Activity.path(of: document.id, startedAt: document.startedAt)
  }
}

private struct ReaderIsGone: Error {}
