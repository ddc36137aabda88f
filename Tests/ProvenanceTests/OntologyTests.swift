import Foundation
import Provenance
import TestSupport
import Testing

struct OntologyTests {
  /// What archives have is what the project ships.
  @Test(arguments: [("smartcontainers.ttl", Ontology.terms), ("shapes.ttl", Ontology.shapes)])
  func isThatOfTheTemplates(file: String, text: String) throws {
    let path = Project.root.appending("templates/ontology").appending(file)
    #expect(try String(contentsOfFile: path.string, encoding: .utf8) == text)
  }
}
