import Canonical
import Foundation
import JSONLD
import RDF
import TestSupport
import Testing

@testable import Provenance

/// The documents as linked data, read by our own processor.
@Suite struct LinkedDataTests {
  private let reader = LinkedDataReader()
  private static let python = ProcessInfo.processInfo.environment["RDF_PYTHON"]

  private func bytes(_ file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

  private func id(_ document: [UInt8]) throws -> ActivityID {
    try ActivityDocument(parsing: document).id
  }

  @Test(.enabled(if: python != nil, "RDF_PYTHON names no Python with pyld"))
  func everyGoldenStatesWhatPyLDReadsInIt() async throws {
    let files = try GoldenTests.documents()
    let program = """
      import json, sys
      from pyld import jsonld
      for name in sys.argv[1:]:
          print(jsonld.to_rdf(json.load(open(name)), {"format": "application/n-quads"}), end="\\0")
      """
    let output = try await Command.check(
      [try #require(Self.python), "-c", program] + files.map(\.path))
    let theirs = output.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
    try #require(theirs.count == files.count && files.count > 50)
    for (file, text) in zip(files, theirs) {
      let quads = try reader.quads(bytes(file))
      #expect(quads.count > 40)
      let isSame = try Dataset(quads).isIsomorphic(to: Dataset(nQuads: String(text)))
      #expect(isSame, "\(file.lastPathComponent)")
    }
  }

  /// The file that speaks of the digest of a document names it as a bundle.
  @Test func bundlesAreNamedByTheDigestOfTheDocument() throws {
    let document = try bytes(GoldenTests.folder.appending(path: "create.jsonld"))
    let text = try LinkedDataWriter.text(of: document, about: try id(document), .triG)
    let name = IRI.named(by: SHA256Digest(of: document))
    let trig = String(decoding: text, as: UTF8.self)
    #expect(trig.contains("<\(name)> a prov:Bundle ;\n    foaf:primaryTopic <urn:uuid:"))
    #expect(trig.contains("<\(name)> {\n"))
  }

  /// The same said in another way has the same hash, and something else another.
  @Test func theCanonicalHashIsOfWhatIsStated() throws {
    let document = try bytes(GoldenTests.folder.appending(path: "start.jsonld"))
    let json = try JSONParser().parse(document)
    let other = JSONWriter(.compact).bytes(of: try reversed(json))
    #expect(other != document)
    let hash = try reader.canonicalHash(document)
    #expect(try reader.canonicalHash(other) == hash)
    let flattened = JSONWriter().bytes(of: try Processor().flatten(json))
    #expect(try reader.canonicalHash(flattened) == hash)
    let changed = String(decoding: document, as: UTF8.self).replacing("succeeded", with: "failed")
    #expect(try reader.canonicalHash(Array(changed.utf8)) != hash)
  }

  private func reversed(_ json: JSON) throws -> JSON {
    switch json {
    case .array(let values): .array(try values.map { try reversed($0) })
    case .object(let object):
      .object(JSONObject(try object.members.reversed().map { ($0.name, try reversed($0.value)) }))
    default: json
    }
  }

  /// Every form of a dataset states the same, and each document its own blank nodes.
  @Test func oneDatasetOfManyDocuments() throws {
    let documents = try GoldenTests.documents().prefix(7).map { try bytes($0) }
    var texts: [LinkedDataFormat: [UInt8]] = [:]
    for format in LinkedDataFormat.allCases {
      let writer = try LinkedDataWriter(format)
      var text = writer.head
      for (number, document) in documents.enumerated() {
        try writer.write(document, about: id(document), number: number, to: &text)
      }
      texts[format] = text + writer.tail(after: documents.count)
    }
    let quads = try Dataset(nQuads: try #require(texts[.nQuads]))
    let graphs = Set(quads.quads.map(\.graph))
    #expect(graphs.count == documents.count + 1)
    for document in documents {
      let name = Term.iri(IRI.named(by: SHA256Digest(of: document)))
      let own = quads.quads.filter { $0.graph == name }
        .map { Quad($0.subject, $0.predicate, $0.object) }
      #expect(try Dataset(own).isIsomorphic(to: Dataset(reader.quads(document))))
    }
    var fromJSON = Dataset()
    try Processor().toRDF(JSONParser().parse(try #require(texts[.jsonLD]))) { fromJSON.insert($0) }
    #expect(try fromJSON.isIsomorphic(to: quads))
    #expect(texts[.expanded] == texts[.jsonLD])
  }

  /// Graphs that a document of somebody else has are not the bundle, in any form with graphs.
  @Test func graphsOfADocumentStayItsOwn() async throws {
    let activity = try id(bytes(GoldenTests.folder.appending(path: "start.jsonld")))
    let text = #"""
      [{"@id": "http://g", "http://q": 1, "@graph": {"@id": "_:x", "http://p": {"@id": "_:x"}}},
       {"@id": "_:x", "http://r": 2}]
      """#
    var texts: [LinkedDataFormat: [UInt8]] = [:]
    for format in [LinkedDataFormat.nQuads, .triG, .jsonLD] {
      let writer = try LinkedDataWriter(format)
      var bytes = writer.head
      try writer.write(Array(text.utf8), about: activity, number: 0, to: &bytes)
      texts[format] = bytes + writer.tail(after: 1)
    }
    let quads = try Dataset(nQuads: try #require(texts[.nQuads]))
    #expect(quads.quads.filter { $0.graph == .iri("http://g") }.count == 1)
    var others = Dataset()
    try Processor().toRDF(JSONParser().parse(try #require(texts[.jsonLD]))) { others.insert($0) }
    #expect(try others.isIsomorphic(to: quads))
    let triG = String(decoding: try #require(texts[.triG]), as: UTF8.self)
    let inner = try #require(triG.split(separator: "<http://g> {\n").last)
    #expect(inner.contains("_:g1-b0 <http://p> _:g1-b0"), "\(triG)")
    #expect(triG.contains("_:g1-b0 <http://r> 2"))
  }

  /// A label in one document is no node of another, not even in documents of somebody else.
  @Test func labelsAndNumbersAreKeptApart() throws {
    let activity = try id(bytes(GoldenTests.folder.appending(path: "start.jsonld")))
    let writer = try LinkedDataWriter(.jsonLD)
    var text = writer.head
    // Run together, both would be g11x.
    for (number, label) in [(0, "y"), (1, "1x"), (11, "x")] {
      let document =
        #"{"@id": "_:\#(label)", "http://p": {"@type": "@json", "@value": {"@id": "_:x"}}}"#
      try writer.write(Array(document.utf8), about: activity, number: number, to: &text)
    }
    text += writer.tail(after: 2)
    var dataset = Dataset()
    try Processor().toRDF(JSONParser().parse(text)) { dataset.insert($0) }
    let quads = dataset.quads.filter { $0.predicate == .iri("http://p") }
    #expect(Set(quads.map(\.subject)).count == 3)
    for quad in quads {
      guard case .literal(let literal) = quad.object else { continue }
      #expect(literal.value == #"{"@id":"_:x"}"#)
    }
  }

  @Test func labelsBelongToTheirDocument() throws {
    let document = Array(#"{"@id": "_:x", "http://example.org/p": {"@id": "_:x"}}"#.utf8)
    let activity = try id(bytes(GoldenTests.folder.appending(path: "start.jsonld")))
    for format in [LinkedDataFormat.nQuads, .jsonLD] {
      let writer = try LinkedDataWriter(format)
      var text = writer.head
      try writer.write(document, about: activity, number: 0, to: &text)
      // Of another digest, so another graph.
      try writer.write(document + [0x20], about: activity, number: 1, to: &text)
      text += writer.tail(after: 2)
      var dataset = Dataset()
      if format == .jsonLD {
        try Processor().toRDF(JSONParser().parse(text)) { dataset.insert($0) }
      } else {
        dataset = try Dataset(nQuads: text)
      }
      let nodes = dataset.quads.compactMap { quad -> Term? in
        if case .blankNode = quad.subject { quad.subject } else { nil }
      }
      #expect(nodes.count == 2 && nodes[0] != nodes[1])
      for quad in dataset.quads where nodes.contains(quad.subject) {
        #expect(quad.object == quad.subject)
      }
    }
  }

  @Test func anEmptyDatasetIsOneInEveryForm() throws {
    for format in LinkedDataFormat.allCases {
      let writer = try LinkedDataWriter(format)
      let text = writer.head + writer.tail(after: 0)
      switch format {
      case .jsonLD, .expanded: #expect(text == Array("[]\n".utf8))
      case .nQuads: #expect(text == [])
      case .turtle, .triG: #expect(String(decoding: text, as: UTF8.self).hasPrefix("@prefix"))
      }
    }
  }

  @Test(arguments: [
    (#"{"@context": "https://example.org/"}"#, "/@context"), (#"{"a": "#, ""),
    (#"{"@context": {"x": {"@id": 5}}, "x": 1}"#, "/@context/x"),
    (#"{"http://example.org/p": {"@value": {}}}"#, "/http:~1~1example.org~1p"),
  ])
  func whatIsNoLinkedDataIsRefusedWithItsPlace(text: String, place: String) throws {
    let error = #expect(throws: JSONLDError.self) { _ = try reader.expanded(Array(text.utf8)) }
    #expect(try #require(error).place.hasPrefix(place), "\(String(describing: error))")
    var output: [UInt8] = []
    let writer = try LinkedDataWriter(.nQuads)
    let activity = try id(bytes(GoldenTests.folder.appending(path: "start.jsonld")))
    #expect(throws: JSONLDError.self) {
      try writer.write(Array(text.utf8), about: activity, number: 0, to: &output)
    }
    #expect(output == [])
  }
}
