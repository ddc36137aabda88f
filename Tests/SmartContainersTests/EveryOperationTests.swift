import Canonical
import Foundation
import Provenance
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestRegistry.isAvailable, "no registry can be started here"))
struct EveryOperationTests {
  /// A kind of operation that is recorded and not performed here fails this, as one does that is
  /// recorded twice.
  @Test func isInTheLogOnceAndLikeItsGolden() async throws {
    try await TestEngine.with { engine in
      try await TestRegistry.with(engine) { registry in
        var every = try await EveryOperation(engine, registry)
        try await every.perform()
        try await expectLog(of: every.laboratory)
        let records = try await every.laboratory.records()
        if OperationGoldens.isUpdating { try capture(every, records) }
        for record in records { try expectGolden(of: record) }
        try await every.laboratory.check()
      }
    }
  }

  /// Looks at what `sc log` shows.
  private func expectLog(of laboratory: Laboratory) async throws {
    let log = try await Command.check(
      [try Project.executable("sc").string, "log", "--json"],
      environment: [
        "SC_DIR": laboratory.history.string, "HOME": laboratory.folder.path.string,
        "PATH": "/usr/bin:/bin",
      ])
    let lines = try log.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(
      lines.compactMap { $0["operation"]?.string }.sorted()
        == OperationGoldens.recorded.sorted())
    #expect(lines.allSatisfy { $0["outcome"] == "succeeded" })
  }

  /// Compares who and what took part with what the golden record says.
  private func expectGolden(of record: Record) throws {
    let operation = record.operation
    #expect(record.document.person?.name == "Ada Lovelace", "\(operation)")
    #expect(record.document.client?.name == "sc", "\(operation)")
    #expect(record.document.engine != nil && record.document.host != nil, "\(operation)")
    guard !OperationGoldens.isUpdating else { return }
    let golden = try ActivityDocument(parsing: OperationGoldens.bytes(operation + ".jsonld"))
    let (told, expected) = (Self.shape(record.document), Self.shape(golden))
    if operation == "image.remove", EngineException.digestsOfRemovals.isOfTheEngine {
      #expect(Set(told) == Set(expected))
    } else {
      #expect(told == expected, "\(operation)")
    }
  }

  /// What a document says beyond names, folders, times and digests.
  private static func shape(_ document: ActivityDocument) -> [String] {
    func links(_ word: String, _ links: [ActivityDocument.Link]) -> [String] {
      links.map { link in
        let file = link.path.flatMap { FilePath($0).lastComponent?.string } ?? ""
        return "\(word) \(link.role?.rawValue ?? "-") \(link.types.sorted()) \(file)"
      }.sorted()
    }
    return [
      document.operation, document.outcome.word,
      "\(document.plan.request?.method ?? "-") \(document.plan.request?.route ?? "-")",
      "status \(document.exchange?.statusCode ?? 0) exit code \(document.exitCode ?? -1)",
      "command \(document.plan.command?.isEmpty == false), after \(document.informedBy.count)",
    ] + links("used", document.used) + links("generated", document.generated)
      + links("invalidated", document.invalidated)
      + document.parts.flatMap(shape).map { "  " + $0 }
  }

  /// Writes what the goldens are made of, where it is missing.
  private func capture(_ every: EveryOperation, _ records: [Record]) throws {
    let hello = Content(
      .standardOutput, digest: SHA256Digest(of: "hello\n".utf8), byteCount: 6)
    let composites = try records.filter { !$0.document.parts.isEmpty }.map { record in
      try CapturedOperation(
        composite: record,
        streams: ["exec", "rerun", "run"].contains(record.operation) ? [hello] : [],
        in: every.laboratory.history)
    }
    let there = try OperationGoldens.names(ending: ".json")
    let engine = every.laboratory.engine
    let words = [
      (every.registry.address, "registry.example.org"), (engine.host, "unix:///run/docker.sock"),
      (engine.socket.removingLastComponent().string, "/var/lib/docker"),
    ]
    for captured in every.captured + composites where !there.contains(captured.intent.operation) {
      try OperationGoldens.write(
        captured.retold(replacing: words).json.bytes(.pretty),
        to: captured.intent.operation + ".json")
    }
  }
}
