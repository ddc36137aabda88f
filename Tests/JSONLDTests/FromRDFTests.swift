import JSONLD
import RDF
import Testing

struct FromRDFTests {
  private static let prefixes = [
    "first": RDFVocabulary.first, "rest": RDFVocabulary.rest, "nil": RDFVocabulary.nil,
    "type": RDFVocabulary.type, "List": RDFVocabulary.list, "value": RDFVocabulary.value,
    "language": RDFVocabulary.language, "direction": RDFVocabulary.direction,
  ]

  /// The document of lines of N-Quads, in which `<first>`, `<xsd:integer>` and such are short forms.
  private func document(
    _ lines: String, _ change: (inout ProcessingOptions) -> Void = { _ in }
  ) throws -> JSON {
    var text = lines.replacing("<xsd:", with: "<" + XSD.namespace)
    for (name, iri) in Self.prefixes { text = text.replacing("<\(name)>", with: "<\(iri)>") }
    var options = ProcessingOptions()
    change(&options)
    return try Processor(options).fromRDF(Dataset(nQuads: text))
  }

  @Test func makesAListOfCells() throws {
    let lines = """
      <urn:a> <urn:p> _:c1 .
      _:c1 <first> "1" .
      _:c1 <rest> _:c2 .
      _:c2 <type> <List> .
      _:c2 <first> _:c3 .
      _:c2 <rest> <nil> .
      _:c3 <first> <nil> .
      _:c3 <rest> <nil> .
      """
    #expect(
      try document(lines) == [
        [
          "@id": "urn:a",
          "urn:p": [["@list": [["@value": "1"], ["@list": [["@list": []]]]]]],
        ]
      ])
  }

  @Test(arguments: [
    // A cell that something else refers to, that has more, that lacks something, or with an IRI.
    "<urn:b> <urn:p> _:c1 .", "_:c1 <urn:q> \"x\" .", "_:c1 <first> \"2\" .",
    "<urn:b> <type> _:c1 .", "<urn:b> <urn:p> <urn:c> _:c1 .", "_:c1 <urn:q> \"x\" <urn:g> .",
    "_:c1 <type> <urn:T> .", "_:c1 <rest> _:c1 .",
  ])
  func keepsCellsThatAreMoreThanAList(_ line: String) throws {
    let lines = "<urn:a> <urn:p> _:c1 .\n_:c1 <first> \"1\" .\n_:c1 <rest> <nil> .\n"
    #expect(try document(lines).array?.count == 1)
    let cell = try document(lines + line).array?.first { $0["@id"] == "_:c1" }
    #expect(cell != nil)
  }

  @Test func keepsAListWhoseGraphIsNotThatOfItsUse() throws {
    let lines = """
      <urn:a> <urn:p> _:c1 <urn:g> .
      _:c1 <first> "1" .
      _:c1 <rest> <nil> .
      """
    #expect(
      try document(lines) == [
        ["@id": "urn:g", "@graph": [["@id": "urn:a", "urn:p": [["@id": "_:c1"]]]]],
        [
          "@id": "_:c1", RDFVocabulary.rest: [["@list": []]],
          RDFVocabulary.first: [["@value": "1"]],
        ],
      ])
  }

  @Test func keepsListsThatAreInThemselves() throws {
    let circle = """
      _:a <first> _:b .
      _:a <rest> <nil> .
      _:b <first> _:a .
      _:b <rest> <nil> .
      """
    let nodes = try document(circle).array
    #expect(nodes?.compactMap { $0["@id"]?.string } == ["_:a", "_:b"])
    #expect(nodes?.first?["http://www.w3.org/1999/02/22-rdf-syntax-ns#first"] == [["@id": "_:b"]])
    #expect(
      try document("_:a <first> _:a .\n_:a <rest> <nil> .").array?.compactMap { $0["@id"] }
        == ["_:a"])
    #expect(try document("_:a <first> <urn:x> .\n_:a <rest> _:a .").array?.count == 1)
  }

  @Test func makesListsThatAreInACircle() throws {
    let lines = """
      _:a <first> _:a .
      _:a <rest> _:a2 .
      _:a2 <first> _:b .
      _:a2 <rest> <nil> .
      _:b <first> "1" .
      _:b <rest> <nil> .
      """
    let nodes = try document(lines).array
    #expect(nodes?.compactMap { $0["@id"]?.string } == ["_:a", "_:a2"])
    #expect(
      nodes?.last?["http://www.w3.org/1999/02/22-rdf-syntax-ns#first"]
        == [["@list": [["@value": "1"]]]])
  }

  @Test func refusesListsThatAreTooDeepInOneAnother() throws {
    func nested(_ count: Int) -> [Quad] {
      (0..<count).flatMap { place -> [Quad] in
        let cell = Term.blankNode("c\(place)")
        let next: Term = place + 1 < count ? .blankNode("c\(place + 1)") : .literal(Literal("x"))
        return [
          Quad(cell, .iri(RDFVocabulary.first), next),
          Quad(cell, .iri(RDFVocabulary.rest), .iri(RDFVocabulary.nil)),
        ]
      } + [Quad(.iri("urn:a"), .iri("urn:p"), .blankNode("c0"))]
    }
    #expect(try Processor().fromRDF(Dataset(nested(512))).array?.count == 1)
    #expect { try Processor().fromRDF(Dataset(nested(100_000))) } throws: {
      ($0 as? JSONLDError)?.code == .limitExceeded
    }
  }

  @Test(.timeLimit(.minutes(1))) func makesOneListOfManyCells() throws {
    let count = 200_000
    var quads = [Quad(.iri("urn:a"), .iri("urn:p"), .blankNode("c0"))]
    for place in 0..<count {
      let cell = Term.blankNode("c\(place)")
      let rest: Term =
        place + 1 < count ? .blankNode("c\(place + 1)") : .iri(RDFVocabulary.nil)
      quads.append(Quad(cell, .iri(RDFVocabulary.first), .literal(Literal("x"))))
      quads.append(Quad(cell, .iri(RDFVocabulary.rest), rest))
    }
    let document = try Processor().fromRDF(Dataset(quads))
    #expect(document.array?.first?["urn:p"]?.array?.first?["@list"]?.array?.count == count)
  }

  @Test(arguments: [
    (#""true"^^<xsd:boolean>"#, #"{"@value": true}"#),
    (#""-07"^^<xsd:integer>"#, #"{"@value": -7}"#),
    (#""5.3E0"^^<xsd:double>"#, #"{"@value": 5.3}"#),
    (#""x"@en"#, #"{"@value": "x", "@language": "en"}"#),
    (#""x""#, #"{"@value": "x"}"#),
  ])
  func makesNativeValues(_ literal: String, _ value: String) throws {
    let result = try document("<urn:a> <urn:p> \(literal) .") { $0.usesNativeTypes = true }
    #expect(try result == [["@id": "urn:a", "urn:p": [JSONParser().parse(value)]]])
  }

  @Test(arguments: [
    ("1", "boolean"), ("INF", "double"), ("0x1p3", "double"), ("", "double"), ("5.0", "integer"),
    ("-", "integer"), ("x", "string1"),
  ])
  func keepsTheTextOfWhatHasNoNativeValue(_ text: String, _ type: String) throws {
    let lines = "<urn:a> <urn:p> \"\(text)\"^^<xsd:\(type)> ."
    let value: JSON = ["@value": .string(text), "@type": .string(XSD.namespace + type)]
    let result = try document(lines) { $0.usesNativeTypes = true }
    #expect(result == [["@id": "urn:a", "urn:p": [value]]])
  }

  @Test func keepsDatatypesUnlessToldOtherwise() throws {
    #expect(
      try document("<urn:a> <urn:p> \"1\"^^<xsd:integer> .")
        == [["@id": "urn:a", "urn:p": [["@value": "1", "@type": .string(XSD.integer)]]]])
  }

  @Test func keepsTypesAsAPropertyWhenToldTo() throws {
    let lines = "<urn:a> <type> <urn:T> .\n<urn:a> <type> \"x\" ."
    #expect(
      try document(lines)
        == [["@id": "urn:a", "@type": ["urn:T"], RDFVocabulary.type: [["@value": "x"]]]])
    #expect(
      try document(lines) { $0.usesRDFType = true }
        == [["@id": "urn:a", RDFVocabulary.type: [["@id": "urn:T"], ["@value": "x"]]]])
  }

  @Test func readsJSONLiterals() throws {
    let json = "\"{\\\"a\\\":[1,null]}\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
    #expect(
      try document("<urn:a> <urn:p> \(json) .")
        == [["@id": "urn:a", "urn:p": [["@type": "@json", "@value": ["a": [1, nil]]]]]])
    let wrong = "\"{\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
    #expect { try document("<urn:a> <urn:p> \(wrong) .") } throws: {
      ($0 as? JSONLDError)?.code == .invalidJSONLiteral
    }
  }

  @Test func readsDirectionsOfDatatypes() throws {
    let lines = "<urn:a> <urn:p> \"x\"^^<https://www.w3.org/ns/i18n#en-us_rtl> ."
    #expect(
      try document(lines) { $0.rdfDirection = .i18nDatatype } == [
        [
          "@id": "urn:a",
          "urn:p": [["@value": "x", "@language": "en-us", "@direction": "rtl"]],
        ]
      ])
  }

  @Test func readsDirectionsOfNodes() throws {
    let lines = """
      <urn:a> <urn:p> _:s .
      _:s <value> "x" .
      _:s <direction> "rtl" .
      """
    func read(_ lines: String) throws -> JSON {
      try document(lines) { $0.rdfDirection = .compoundLiteral }
    }
    #expect(
      try read(lines)
        == [["@id": "urn:a", "urn:p": [["@value": "x", "@direction": "rtl"]]]])
    #expect(try read(lines + "\n<urn:b> <urn:p> _:s .").array?.count == 3)
    #expect(throws: JSONLDError.self) { try read(lines.replacing("rtl", with: "up")) }
    #expect(throws: JSONLDError.self) { try read(lines + "\n_:s <language> \"no tag\" .") }
  }

  @Test func putsNodesInOrderWhenToldTo() throws {
    let result = try document("<urn:b> <urn:p> \"x\" .\n<urn:a> <urn:p> \"x\" .") {
      $0.isOrdered = true
    }
    #expect(result.array?.compactMap { $0["@id"]?.string } == ["urn:a", "urn:b"])
  }
}
