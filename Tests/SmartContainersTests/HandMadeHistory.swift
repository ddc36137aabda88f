import Canonical
import History
import Provenance
import SystemPackage
import TestSupport

@testable import SmartContainers

/// A history of documents that no recorder wrote.
struct HandMadeHistory {
  let folder: TemporaryFolder
  private let history: HistoryRepository
  private var count: Int64 = 0

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path.appending(".sc")
    _ = try HistoryStore.create(at: path)
    history = try HistoryRepository.open(at: path, for: .writing).history
  }

  var places: ClientPlaces { ClientPlaces(workingFolder: folder.path) }

  func reader() async throws -> HistoryReader { try await HistoryReader.open(places) }

  /// The id of the activity of a number, which also is its minute.
  static func id(_ number: Int64) -> ActivityID {
    var generator = Constant(value: UInt64(number))
    return ActivityID(at: time(number), using: &generator)
  }

  static func iri(_ number: Int64) -> String { id(number).iri }

  static func time(_ number: Int64) -> Timestamp {
    Timestamp(millisecondsSince1970: 1_795_460_701_123 + number * 60_000)
  }

  /// Commits an activity with nodes beside its own.
  mutating func add(
    _ number: Int64, _ members: [String: JSONValue] = [:], _ nodes: JSONValue...,
    snapshots: [OperationRecord.Snapshot] = [], fields: [(String, String)] = [],
    author: String = "Ada Lovelace"
  ) throws {
    var node: [String: JSONValue] = [
      "@id": .string(Self.iri(number)), "@type": ["prov:Activity", "ca:Operation"],
      "ca:operation": .string("step\(number)"), "ca:outcome": "ca:succeeded",
      "prov:startedAtTime": .string(Self.time(number).description),
      "prov:endedAtTime": .string(Self.time(number).description),
    ]
    node.merge(members) { $1 }
    let document: JSONValue = ["@context": [:], "@graph": .array([.object(node)] + nodes)]
    try add(
      number, bytes: document.bytes(), snapshots: snapshots,
      fields: [("Operation", "step\(number)")] + fields, author: author)
  }

  /// Commits bytes as the document of an activity.
  mutating func add(
    _ number: Int64, bytes: [UInt8], snapshots: [OperationRecord.Snapshot] = [],
    fields: [(String, String)] = [], author: String = "Ada Lovelace"
  ) throws {
    let fields = fields + [("Activity", Self.iri(number)), ("Outcome", "succeeded")]
    _ = try history.commit(
      OperationRecord(
        activityID: Self.id(number), startedAt: Self.time(number), endedAt: Self.time(number),
        document: bytes, snapshots: snapshots, subject: "step \(number)",
        fields: fields.map { .init(name: $0.0, value: $0.1) },
        author: .init(name: author, email: "ada@example.org"), hostID: "host"))
  }

  /// A thing that an activity made.
  static func made(_ iri: String, by number: Int64, _ members: [String: JSONValue] = [:])
    -> JSONValue
  {
    .object(
      members.merging([
        "@id": .string(iri), "@type": members["@type"] ?? "prov:Entity",
        "prov:wasGeneratedBy": .string(Self.iri(number)),
      ]) { $1 })
  }

  private struct Constant: RandomNumberGenerator {
    let value: UInt64
    func next() -> UInt64 { value }
  }
}

extension LineageGraph {
  /// The edges as `from relation to`, each IRI by a short name.
  func edges(naming names: [String: String]) -> Set<String> {
    let name = { (iri: String) in names[iri] ?? iri }
    return Set(edges.map { "\(name($0.from)) \($0.relation.rawValue) \(name($0.to))" })
  }
}
