import SmartContainers
import TestSupport

extension Workbench {
  /// The IRI of the activity of a number, which also is its second.
  static func iri(_ number: Int) -> String {
    let digits = String(1_795_460_701_000 + number * 1000, radix: 16)
    let time = String(repeating: "0", count: 12 - digits.count) + digits
    return "urn:uuid:\(time.prefix(8))-\(time.suffix(4))-7000-8000-000000000000"
  }

  /// Adds the documents of activities that no recorder wrote to the history, in one commit.
  ///
  /// - Parameter documents: by the numbers of the activities.
  func add(documents: [Int: String]) async throws {
    var stream = "commit refs/heads/main\ncommitter x <x> 1795460701 +0000\ndata 1\nx"
    let head = try await run(["git", "--git-dir", history.string, "rev-parse", "-q", "main"])
    if head.status == 0 { stream += "\nfrom refs/heads/main^0" }
    for (number, document) in documents.sorted(by: { $0.key < $1.key }) {
      let path = "activities/2026/11/23/19/\(Self.iri(number).dropFirst(9)).jsonld"
      stream += "\nM 100644 inline \(path)\ndata \(document.utf8.count)\n\(document)"
    }
    let result = try await run(
      ["git", "--git-dir", history.string, "fast-import", "--quiet"], input: stream + "\n")
    guard result.status == 0 else { throw CommandError(call: "fast-import", message: result.error) }
  }

  /// The document of an activity, with nodes beside its own.
  static func document(_ number: Int, _ members: String, _ nodes: String...) -> String {
    """
    {"@graph":[{"@id":"\(iri(number))","@type":"prov:Activity","ca:operation":"step\(number)",\
    "ca:outcome":"ca:succeeded","prov:startedAtTime":"2026-11-23T19:05:0\(number).000Z",\
    "prov:wasAssociatedWith":"urn:ada"\(members.isEmpty ? "" : ",")\(members)},\
    {"@id":"urn:ada","@type":["prov:Person","prov:Agent"],"foaf:name":"Ada Lovelace"}\
    \(nodes.map { ",\($0)" }.joined())]}
    """
  }
}
