import Canonical
import Foundation
import History
import Provenance
import Synchronization
import SystemPackage

@testable import SmartContainers

/// All that the recorder knew of an operation when it was over: what its document is made of.
struct CapturedOperation: Sendable {
  var intent: Intent
  var result: OperationResult

  /// The operations that a composite consists of.
  var parts: [CompositePart] = []

  init(intent: Intent, result: OperationResult) {
    self.intent = intent
    self.result = result
  }

  init(json: JSONValue) throws {
    intent = try json.required("intent")
    result = try json.required("result")
    parts = try (json["parts"]?.array ?? []).map { part in
      CompositePart(intent: try part.required("intent"), result: try part.required("result"))
    }
  }

  var json: JSONValue {
    var members = ["intent": intent.json, "result": result.json]
    if !parts.isEmpty {
      members["parts"] = .array(parts.map { ["intent": $0.intent.json, "result": $0.result.json] })
    }
    return .object(members)
  }

  /// The document that the recorder makes of it.
  var document: [UInt8] {
    guard parts.isEmpty else {
      return Recorder.describe(intent, result, parts: parts, by: Self.engine).activity.document()
    }
    let description = OperationDescription(intent, result, engine: Self.engine.id)
    return Activity(description.event, by: intent.participants.with(Self.engine)).document()
  }
}

extension CapturedOperation {
  /// A composite, as the journal of a history has kept it; its own result is in its record.
  init(composite record: Record, streams: [Content], in history: FilePath) throws {
    let entry = history.pushing(FilePath("sc/journal/committed/\(record.document.id).jsonl"))
    // Each line begins with eight digits of its digest.
    let steps = try String(contentsOfFile: entry.string, encoding: .utf8).split(separator: "\n")
      .map { try JSONValue(parsing: Array($0.utf8.dropFirst(9))) }
    let document = record.document
    var result = OperationResult(endedAt: document.endedAt, outcome: document.outcome)
    result.exitCode = document.exitCode
    result.streams = streams
    result.isReproduced = document.isReproduced
    result.outputs = document.generated.filter { $0.role == .output }.compactMap { link in
      guard let digest = IRI.digest(of: link.iri), let name = link.path?.split(separator: "/").last
      else { return nil }
      let path = "/home/josiah/\(name)"
      var content = Content(.file, digest: digest, byteCount: link.byteCount ?? 0, path: path)
      content.mediaType = MediaType.ofFile(named: path)
      return RunFile(content: content, hostPath: path, containerPath: path)
    }
    self.init(intent: try steps[0].required("intent"), result: result)
    parts = try CompositeProgress(steps.compactMap { $0["part"] }).parts
  }

  /// The same by another person, on another machine, with other words in the place of some.
  func retold(replacing words: [(String, String)]) throws -> CapturedOperation {
    let text = words.reduce(json.text()) { text, pair in
      text.replacingOccurrences(of: pair.0, with: pair.1)
    }
    var retold = try CapturedOperation(json: JSONValue(parsing: text))
    retold.intent.participants = Self.participants
    for index in retold.parts.indices {
      retold.parts[index].intent.participants = Self.participants
    }
    return retold
  }

  private static let participants = Activity.Participants(
    person: Person(
      name: "Josiah Carberry", email: "josiah@example.org",
      orcid: try? ORCID("0000-0002-1825-0097"), organization: "Brown University"),
    account: UserAccount(name: "josiah", uid: 1000),
    client: SoftwareAgent(
      name: "sc", version: "0.1.0", library: .init(name: "SmartContainers", version: "0.1.0")),
    engine: nil,
    host: Host(
      id: "5f0c2f3e", hostname: "lab", operatingSystem: "Debian GNU/Linux 12 (bookworm)",
      kernelVersion: "6.1.0-13-amd64", architecture: "x86_64", coreCount: 2,
      memoryInBytes: 8_331_313_152))

  private static let engine = EngineAgent(
    id: "7TRN:IPZB:QYBB:VPBQ", name: "Docker Engine", version: "20.10.24", apiVersion: "1.41",
    operatingSystem: "Debian GNU/Linux 12 (bookworm)", kernelVersion: "6.1.0-13-amd64",
    architecture: "x86_64", storageDriver: "overlay2")
}

/// Keeps what another log is told, too.
final class CapturingLog: OperationLog {
  private let log: any OperationLog
  private let operations = Mutex<[CapturedOperation]>([])

  init(_ log: any OperationLog) { self.log = log }

  /// What was finished so far.
  var captured: [CapturedOperation] { operations.withLock(\.self) }

  func begin(_ intent: Intent) async throws -> any OperationTicket {
    Ticket(log: self, intent: intent, ticket: try await log.begin(intent))
  }

  private struct Ticket: OperationTicket {
    let log: CapturingLog
    let intent: Intent
    let ticket: any OperationTicket

    func finish(_ result: OperationResult) async throws {
      log.operations.withLock { $0.append(CapturedOperation(intent: intent, result: result)) }
      try await ticket.finish(result)
    }

    func discard() async throws { try await ticket.discard() }
    func leave() async { await ticket.leave() }
  }
}
