import Contexts
import Foundation
import JSONLD
import TestSupport
import Testing

struct KnownContextTests {
  private static let templates = URL(filePath: Project.root.string)
    .appending(path: "templates/contexts")

  /// The context that a known document has.
  private func context(of known: KnownContext) throws -> JSONObject {
    try #require(try JSONParser().parse(known.text)["@context"]?.object)
  }

  private func expand(_ document: JSON) async throws -> JSON {
    try await Processor().expand(document, loadingWith: KnownOnly())
  }

  @Test func carriesTheBytesOfTheTemplates() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.templates.path())
    #expect(names.filter { $0 != "README.md" }.sorted() == KnownContext.all.map(\.file).sorted())
    for known in KnownContext.all {
      let bytes = try Data(contentsOf: Self.templates.appending(path: known.file))
      #expect(bytes == Data(known.text.utf8), "\(known.file)")
    }
  }

  @Test func theREADMENamesEachFileAndIRI() throws {
    let readme = try String(
      contentsOf: Self.templates.appending(path: "README.md"), encoding: .utf8)
    for known in KnownContext.all {
      #expect(readme.contains("| `\(known.file)` | `\(known.iris[0])`"))
    }
  }

  @Test(arguments: KnownContext.all.flatMap(\.iris))
  func isFoundByEachOfItsIRIs(iri: String) throws {
    let document = try #require(try KnownContext.document(at: iri))
    #expect(document.url == iri)
    let plain = iri.replacing("https://", with: "http://")
    #expect(try KnownContext.document(at: plain)?.document == document.document)
    #expect(try KnownContext.document(at: iri + "/") == nil)
  }

  @Test(arguments: KnownContext.all.map(\.iris[0]))
  func isAContextAsAWhole(iri: String) async throws {
    let document: JSON = ["@context": .string(iri), "@id": "urn:a", "urn:p": "v"]
    #expect(try await expand(document) == [["@id": "urn:a", "urn:p": [["@value": "v"]]]])
  }

  @Test func meansWhatItsVocabularySays() async throws {
    let crate: JSON = [
      "@context": "https://w3id.org/ro/crate/1.1/context", "@id": "#run", "@type": "CreateAction",
      "name": "run",
    ]
    #expect(
      try await expand(crate) == [
        [
          "@id": "#run", "@type": ["http://schema.org/CreateAction"],
          "http://schema.org/name": [["@value": "run"]],
        ]
      ])
    let interface: JSON = [
      "@context": "http://www.w3.org/ns/hydra/context.jsonld", "@id": "urn:a",
      "@type": "ApiDocumentation", "entrypoint": "urn:e",
    ]
    #expect(
      try await expand(interface) == [
        [
          "@id": "urn:a", "@type": ["http://www.w3.org/ns/hydra/core#ApiDocumentation"],
          "http://www.w3.org/ns/hydra/core#entrypoint": [["@id": "urn:e"]],
        ]
      ])
    let activity: JSON = [
      "@context": "https://openprovenance.org/prov-jsonld/context.jsonld", "@id": "urn:a",
      "@type": "Activity", "startTime": "2026-01-01T00:00:00Z",
    ]
    #expect(
      try await expand(activity) == [
        [
          "@id": "urn:a", "@type": ["http://www.w3.org/ns/prov#Activity"],
          "http://www.w3.org/ns/prov#startedAtTime": [
            [
              "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
              "@value": "2026-01-01T00:00:00Z",
            ]
          ],
        ]
      ])
  }

  /// Properties and prefixes are declared once, in `Sources/Provenance`.
  @Test func oursHasEveryPrefixAndEveryTypedProperty() throws {
    func source(_ name: String) throws -> String {
      let folder = URL(filePath: Project.root.string).appending(path: "Sources/Provenance")
      return try String(contentsOf: folder.appending(path: name + ".swift"), encoding: .utf8)
    }
    let definitions: [Substring: JSON] = [
      "iri": ["@type": "@id"], "iriList": ["@container": "@list", "@type": "@id"],
      "long": ["@type": "xsd:long"], "textList": ["@container": "@list"],
      "time": ["@type": "xsd:dateTime"], "hexadecimal": ["@type": "xsd:hexBinary"],
      "nonNegativeInteger": ["@type": "xsd:nonNegativeInteger"],
    ]
    var expected = JSONObject()
    for match in try source("Namespace").matches(of: /case (\w+) = "([^"]+)"/) {
      expected[String(match.1)] = .string(String(match.2))
    }
    #expect(expected.count == 13)
    for match in try source("Property").matches(of: /Property\("([^"]+)", \.(\w+)\)/) {
      if let definition = definitions[match.2] { expected[String(match.1)] = definition }
    }
    #expect(try context(of: .smartContainers) == expected)
  }

  /// The inline context of each kind of document is the part of ours that it uses.
  @Test func oursHasTheContextOfEveryDocument() throws {
    let ours = try context(of: .smartContainers)
    let goldens = URL(filePath: Project.root.string)
      .appending(path: "Tests/ProvenanceTests/Golden")
    let names = try FileManager.default.subpathsOfDirectory(atPath: goldens.path())
      .filter { $0.hasSuffix(".jsonld") }
    #expect(names.count > 20)
    for name in names {
      let bytes = try Data(contentsOf: goldens.appending(path: name))
      let document = try JSONParser().parse([UInt8](bytes))
      for (term, definition) in try #require(document["@context"]?.object).members {
        #expect(ours[term] == definition, "\(name): \(term)")
      }
    }
  }
}

/// Loads what is known, and nothing else.
private struct KnownOnly: DocumentLoader {
  struct Unknown: Error { let url: String }

  func document(at url: String) async throws -> RemoteDocument {
    guard let known = try KnownContext.document(at: url) else { throw Unknown(url: url) }
    return known
  }
}
