import Canonical
import Foundation
import Testing

@testable import Provenance

/// Statements and envelopes, made of documents as they are recorded.
@Suite struct AttestationTests {
  private static let names = [
    "run-files", "operations/commit", "operations/exec", "operations/image.build",
    "operations/infect", "operations/run",
  ]

  private static func document(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: GoldenTests.folder.appending(path: name + ".jsonld")))
  }

  private static func statement(_ name: String) throws -> AttestationStatement {
    let bytes = try document(name)
    return try AttestationStatement(of: ActivityDocument(parsing: bytes), document: bytes)
  }

  /// Rewritten when `UPDATE_GOLDEN` is set; what changed is then for the reviewer to see.
  @Test(arguments: names) func statementIsGoldenByteForByte(name: String) throws {
    let statement = try Self.statement(name)
    let bytes = try JSONValue(parsing: statement.bytes).bytes(.pretty)
    let file = GoldenTests.folder.appending(path: "attestations")
      .appending(path: name.replacing("operations/", with: "") + ".json")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(bytes).write(to: file)
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    #expect(try AttestationStatement(parsing: statement.bytes) == statement)
  }

  @Test func namesWhatWasMadeAndOfWhat() throws {
    let build = try Self.statement("operations/image.build")
    #expect(build.subjects.map(\.name) == ["web:1"])
    #expect(build.materials.map(\.name) == ["Dockerfile", "buildContext", "busybox:1.36"])
    #expect(build.materials.allSatisfy { $0.digest != nil })
    let run = try Self.statement("run-files")
    #expect(run.subjects.map(\.name) == ["/home/ada/made"])
    #expect(run.materials.contains { $0.name == "/home/ada/in/a.csv" })
    let executed = try Self.statement("operations/exec")
    #expect(executed.subjects.map(\.name) == ["stdout"])
    #expect(executed.subjects[0].digest == SHA256Digest(of: "hello\n".utf8))
    #expect(executed.materials.map(\.name) == ["web"], "the container that it ran in")
    // What a composite makes and uses itself is no material of it.
    let infected = try Self.statement("operations/infect")
    #expect(infected.subjects.map(\.name) == ["web:smart"])
    #expect(!infected.materials.contains { $0.name?.hasPrefix("smartcontainers-") == true })
    #expect(infected.materials.contains { $0.name == "web:about" })
  }

  @Test func namesWhatWasReadAndWrittenWithTheSameBytes() throws {
    let bytes = Fixture.runOfCopies.document()
    let statement = try AttestationStatement(
      of: ActivityDocument(parsing: bytes), document: bytes)
    #expect(statement.subjects.map(\.name) == ["/home/ada/copy", "/home/ada/other"])
    let materials = statement.materials.map(\.name)
    #expect(materials.contains("/home/ada/in") && materials.contains("/home/ada/same"))
    #expect(!materials.contains("/home/ada/copy"))
  }

  @Test(arguments: [
    ("start", AttestationError.Code.kind), ("failed", .kind), ("unknown", .kind), ("save", .kind),
  ]) func refusesOtherKinds(name: String, code: AttestationError.Code) throws {
    let error = #expect(throws: AttestationError.self) { try Self.statement(name) }
    #expect(error?.code == code)
  }

  @Test func refusesWhatDidNotSucceed() throws {
    let bytes = try Self.document("operations/image.build")
    var activity = try ActivityDocument(parsing: bytes)
    for outcome in [Outcome.failed(message: "no"), .unknown(reason: "killed")] {
      activity.outcome = outcome
      let error = #expect(throws: AttestationError.self) {
        try AttestationStatement(of: activity, document: bytes)
      }
      #expect(error?.code == .outcome)
    }
    activity.outcome = .succeeded
    activity.generated = []
    let error = #expect(throws: AttestationError.self) {
      try AttestationStatement(of: activity, document: bytes)
    }
    #expect(error?.code == .nothingMade)
  }

  /// The example of DSSE's protocol.md, with this payload type.
  @Test func signsTypeAndPayloadWithTheirLengths() {
    let bytes = SignedEnvelope.signedBytes(of: Array("hello world".utf8))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "DSSEv1 28 application/vnd.in-toto+json 11 hello world")
  }

  @Test func readsOnlyEnvelopes() throws {
    let payload = try Self.statement("run-files").bytes
    let envelope = SignedEnvelope(
      payload, signatures: [SignedEnvelope.Signature(keyID: "ab", bytes: [1, 2, 3, 4])])
    #expect(try SignedEnvelope(parsing: envelope.bytes) == envelope)
    let text = String(decoding: envelope.bytes, as: UTF8.self)
    for (part, other) in [
      ("{\"payload\":", "{\"more\":1,\"payload\":"), ("\"sig\"", "\"sign\""),
      ("AQIDBA==", "AQIDBB=="), ("AQIDBA==", "AQIDBA="), ("AQIDBA==", "AQIDBA==A"),
      ("in-toto+json", "in-toto+jsom"), ("[{", "[1,{"), ("\"signatures\":[", "\"signatures\":[]}["),
    ] {
      let broken = text.replacing(part, with: other)
      #expect(broken != text)
      #expect(throws: AttestationError.self) { try SignedEnvelope(parsing: Array(broken.utf8)) }
    }
  }

  @Test func readsOnlyStatements() throws {
    for name in ["run-files", "operations/image.build"] {
      let text = String(decoding: try Self.statement(name).bytes, as: UTF8.self)
      for (part, other) in [
        ("\"_type\":", "\"_more\":1,\"_type\":"), ("Statement/v1", "Statement/v2"),
        ("\"subject\":[", "\"subject\":[{\"name\":\"a\"},"), ("\"subject\":[", "\"subject\":[[],"),
        ("\"predicate\":{", "\"predicate\":{\"more\":1,"),
        ("\"sha256\":\"", "\"sha256\":\"sha256:"),
        ("\"finishedOn\":\"2026", "\"finishedOn\":\"x026"),
        ("\"predicateType\":\"https", "\"predicateType\":\"http"),
      ] {
        let broken = text.replacing(part, with: other)
        #expect(broken != text, "\(name): \(part)")
        #expect(throws: AttestationError.self, "\(name): \(other)") {
          try AttestationStatement(parsing: Array(broken.utf8))
        }
      }
    }
  }
}
