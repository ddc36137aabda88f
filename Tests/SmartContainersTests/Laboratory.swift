import Canonical
import Foundation
import History
import Provenance
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

/// A history of its own on the engine that the tests share.
struct Laboratory: Sendable {
  let engine: TestEngine
  let folder: TemporaryFolder
  let places: ClientPlaces

  init(on engine: TestEngine? = nil, arguments: [String] = ["sc"]) async throws {
    if let engine { self.engine = engine } else { self.engine = try await .shared() }
    folder = try TemporaryFolder()
    var places = ClientPlaces(workingFolder: folder.path)
    places.environment = self.engine.variables
    places.arguments = arguments
    places.flags = [.agentName: "Ada Lovelace", .agentEmail: "ada@example.org"]
    self.places = places
    _ = try HistoryStore.create(at: folder.path.appending(".sc"))
  }

  var history: FilePath { folder.path.appending(".sc") }

  /// A name that nothing else on the engine has.
  func name(_ stem: String) -> String { "\(stem)-\(UInt32.random(in: 0...UInt32.max))" }

  /// What is done in the body adds to the history, oldest first.
  func records(_ body: (Client) async throws -> Void) async throws -> [Record] {
    let before = try await records().count
    let client = try await Client.open(places)
    try await body(client)
    try client.finish()
    return try await Array(records().dropFirst(before))
  }

  /// What one operation adds to the history.
  func record(_ body: (Client) async throws -> Void) async throws -> Record {
    let records = try await records(body)
    try #require(records.count == 1)
    return records[0]
  }

  /// Everything in the history, oldest first.
  func records() async throws -> [Record] {
    let store = try await HistoryStore.open(places)
    return try await store.queue.with { history in
      var records: [Record] = []
      var walk = try history.walk()
      while let entry = try walk.next() { records.append(try Record(entry, history)) }
      return records.reversed()
    }
  }

  /// What waits in the journal.
  func journal() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: history.pushing("sc/journal").string)
      .filter { $0.hasSuffix(".jsonl") }
  }

  func git(_ arguments: String...) async throws -> String {
    try await Command.check(["git", "--git-dir=\(history)"] + arguments)
  }

  /// Holds the history against git's own check, and reads its documents as linked data.
  func check() async throws {
    let statements = Mutex(0)
    let report = try await HistoryReader.open(places).export(LogFilter(), as: .nQuads) { text, _ in
      statements.withLock { $0 += text.count { $0 == 0x0A } }
    }
    try report.requireAll()
    #expect(statements.withLock { $0 } >= 40 * report.count)
    let found = try await Command.run([
      "git", "--git-dir=\(history)", "fsck", "--strict", "--full", "--no-dangling",
    ])
    #expect(found.status == 0)
    #expect(found.output + found.error == "")
    #expect(try journal() == [])
  }
}

/// A commit of the history, and what it brought.
struct Record: Sendable {
  let entry: LogEntry
  let document: ActivityDocument
  let json: JSONValue
  let changes: [ChangedPath]

  init(_ entry: LogEntry, _ history: HistoryRepository) throws {
    self.entry = entry
    let id = try #require(entry.field("Activity").flatMap { ActivityID($0) })
    let bytes = try #require(try history.activityDocument(id, in: entry.id))
    document = try ActivityDocument(parsing: bytes)
    json = try JSONValue(parsing: bytes)
    changes = try history.changedPaths(entry.id)
  }

  var operation: String { document.operation }
  var container: String? { entry.field("Container") }
  var image: String? { entry.field("Image") }

  /// The roles of the things that were used, and of those that were made.
  var used: Set<Role> { Set(document.used.compactMap(\.role)) }
  var generated: Set<Role> { Set(document.generated.compactMap(\.role)) }

  /// The paths of a kind of file that it added or changed.
  func changed(under folder: String) -> [String] {
    changes.filter { $0.path.hasPrefix(folder + "/") }.map(\.path)
  }
}

extension ContainerSpecification {
  init(_ image: String, _ command: String...) {
    self.init(image: image)
    self.command = command
  }

  /// A process that runs until it is told to end.
  static func waiting(_ image: String) -> ContainerSpecification {
    ContainerSpecification(
      image, "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.05; done")
  }
}
