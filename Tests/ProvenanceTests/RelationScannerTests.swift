import Canonical
import Foundation
import Testing

@testable import Provenance

@Suite struct RelationScannerTests {
  /// What the two readers find: a relation, from where, to where.
  private struct Triple: Hashable {
    let from: String
    let relation: String
    let to: String
  }

  private func scanned(_ document: String) throws -> Set<Triple> {
    var found: Set<Triple> = []
    try RelationScanner.scan(Array(document.utf8)) { node in
      guard let iri = node.iri?.string else { return }
      for (statement, value) in node.statements where statement.isRelation {
        found.insert(
          Triple(from: iri, relation: "\(statement.name)", to: value.string ?? "not text"))
      }
    }
    return found
  }

  private func parsed(_ document: String) throws -> Set<Triple> {
    let document = try LineageDocument(parsing: Array(document.utf8))
    var found: Set<Triple> = []
    for activity in document.activities.values {
      for link in activity.used {
        found.insert(Triple(from: activity.iri, relation: "prov:used", to: link.iri))
      }
      for other in activity.informedBy {
        found.insert(Triple(from: activity.iri, relation: "prov:wasInformedBy", to: other))
      }
    }
    for thing in document.things.values {
      for link in thing.generatedBy {
        found.insert(Triple(from: thing.iri, relation: "prov:wasGeneratedBy", to: link.iri))
      }
      for (relation, source) in thing.derivations {
        found.insert(Triple(from: thing.iri, relation: "prov:\(relation)", to: source))
      }
      for member in thing.members {
        found.insert(Triple(from: thing.iri, relation: "prov:hadMember", to: member))
      }
    }
    return found
  }

  /// The lean reader finds in every record what the one finds that reads all of it; but agents are
  /// no business of a lineage.
  @Test(arguments: try GoldenTests.documents())
  func findsTheRelationsOfEveryRecord(file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    let agents = Set(
      (try JSONValue(parsing: text)["@graph"]?.array ?? [])
        .filter { $0["@type"]?.text().contains("prov:Agent") == true }.compactMap {
          $0["@id"]?.string
        })
    let scanned = try scanned(text).filter { !agents.contains($0.from) }
    #expect(try scanned == parsed(text))
  }

  @Test func aRecordHasRelations() throws {
    let file = GoldenTests.folder.appending(path: "operations/commit.jsonld")
    #expect(try scanned(String(contentsOf: file, encoding: .utf8)).count >= 10)
  }

  @Test func takesValuesInEveryForm() throws {
    let text = #"""
      {"@graph": [
        {"prov:used": ["urn:a", {"@id": "urn:b", "x": [{"@id": "urn:no"}]}, {"@list": ["urn:c"]}],
         "x": {"prov:used": "urn:no"}, "@type": "prov:Activity", "@id": "urn:uuid:1"},
        {"@id": "urn:\u0061\/", "prov:hadMember": {"@value": "urn:\"q\""},
         "prov:wasGeneratedBy": null, "n": [-1.5e+3, true, null, {}, []]},
        {"prov:used": "urn:nobody"}, 7, "text"
      ]}
      """#
    #expect(
      try scanned(text) == [
        Triple(from: "urn:uuid:1", relation: "prov:used", to: "urn:a"),
        Triple(from: "urn:uuid:1", relation: "prov:used", to: "urn:b"),
        Triple(from: "urn:uuid:1", relation: "prov:used", to: "urn:c"),
        Triple(from: "urn:a/", relation: "prov:hadMember", to: "urn:\"q\""),
      ])
  }

  @Test func equalTextsHaveOneKeyHoweverTheyAreWritten() throws {
    var keys: Set<UInt64> = []
    let text =
      #"{"@id":"urn:uuid:1","@type":"prov:Activity","prov:used":["urn:a/b","urn:a\/b","urn:\u0061/b"]}"#
    try RelationScanner.scan(Array(text.utf8)) { node in
      for (statement, value) in node.statements where statement == .used { keys.insert(value.key) }
    }
    #expect(keys == [ScannedText.key(of: "urn:a/b".utf8)])
  }

  @Test(arguments: [
    "", "[]", "7", "{", #"{"@graph""#, #"{"@graph":[{]}"#, #"{"@graph":[]}"#, "{} {}",
    #"{"@id":"urn:uuid:1","@type":"prov:Activity","prov:used":3}"#,
    #"{"@id":"urn:uuid:1","@type":"prov:Activity","prov:used":{"@id":3}}"#,
    #"{"@id":{},"@type":"prov:Activity"}"#, #"{"@id":"urn:a"}"#, "{\"a\":\"\n\"}",
    #"{"@type":"prov:Activity","x":"unterminated\"#,
    #"{"x":"# + String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000) + "}",
  ])
  func refusesWhatIsNoRecord(text: String) {
    #expect(throws: ActivityDocumentError.self) { try scanned(text) }
  }

  @Test func refusesEveryRecordThatWasCutShort() throws {
    let file = GoldenTests.folder.appending(path: "commit.jsonld")
    let bytes = Array(try Data(contentsOf: file))
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: "}")))
    for length in stride(from: 0, through: end, by: 7) {
      #expect(throws: ActivityDocumentError.self) {
        try RelationScanner.scan(Array(bytes[..<length])) { _ in }
      }
    }
  }
}
