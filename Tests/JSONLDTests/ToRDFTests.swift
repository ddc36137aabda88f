import JSONLD
import RDF
import Testing

struct ToRDFTests {
  /// The lines of the statements of a document.
  private func lines(
    _ document: JSON, _ direction: ProcessingOptions.RDFDirection? = nil
  ) throws -> [String] {
    var options = ProcessingOptions()
    options.rdfDirection = direction
    var bytes: [UInt8] = []
    let writer = NQuadsWriter()
    try Processor(options).toRDF(document) { try writer.write($0, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ("5", "5", XSD.integer), ("5.0", "5", XSD.integer), ("1e3", "1000", XSD.integer),
    ("-0", "0", XSD.integer), ("5.3", "5.3E0", XSD.double), ("0.1", "1.0E-1", XSD.double),
    ("1e21", "1.0E21", XSD.double), ("1e400", "INF", XSD.double),
    ("123456789012345678901", "123456789012345678901", XSD.integer),
  ])
  func writesNumbersInCanonicalForm(_ number: String, _ text: String, _ datatype: String) throws {
    let document = try JSONParser().parse(#"{"@id": "urn:a", "urn:p": \#(number)}"#)
    #expect(try lines(document) == [#"<urn:a> <urn:p> "\#(text)"^^<\#(datatype)> ."#])
  }

  @Test func writesAnIntegerThatIsToBeADoubleAsOne() throws {
    #expect(
      try lines(["@id": "urn:a", "urn:p": ["@value": 5, "@type": .string(XSD.double)]])
        == [#"<urn:a> <urn:p> "5.0E0"^^<http://www.w3.org/2001/XMLSchema#double> ."#])
  }

  @Test func writesJSONInCanonicalForm() throws {
    let document: JSON = [
      "@id": "urn:a", "urn:p": ["@type": "@json", "@value": ["b": [nil, 1], "a": "x"]],
    ]
    #expect(
      try lines(document) == [
        #"<urn:a> <urn:p> "{\"a\":\"x\",\"b\":[null,1]}"^^"#
          + "<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> ."
      ])
  }

  @Test func leavesOutWhatRDFCannotName() throws {
    let document: JSON = [
      "@id": "urn:a",
      "urn:p": [
        ["@id": "relative"], ["@id": "urn:with space"], ["@id": "urn:a#b#c"],
        ["@value": "x", "@language": "no tag"], ["@id": "urn:b", "urn:q": ["@id": "urn:c"]],
      ],
      "_:p": 1,
    ]
    #expect(try lines(document) == ["<urn:b> <urn:q> <urn:c> .", "<urn:a> <urn:p> <urn:b> ."])
  }

  @Test func saysNothingInAGraphWithoutAName() throws {
    let document: JSON = [
      "@id": "relative", "urn:p": 1,
      "@graph": ["@id": "urn:a", "urn:p": ["@list": [1, ["@id": "urn:b", "urn:p": 2]]]],
    ]
    #expect(try lines(document).isEmpty)
  }

  @Test func saysWhatIsInAListThatItCannotSay() throws {
    let document: JSON = [
      "@id": "relative", "urn:p": ["@list": [["@id": "urn:b", "urn:p": ["@id": "urn:c"]], 1]],
    ]
    #expect(try lines(document) == ["<urn:b> <urn:p> <urn:c> ."])
  }

  @Test func saysAStringWithADirectionOnceAsANode() throws {
    let string: JSON = ["@value": "x", "@language": "EN", "@direction": "rtl"]
    let document: JSON = [
      ["@id": "urn:a", "urn:p": string], ["@id": "urn:a", "urn:p": [string, string]],
    ]
    #expect(try lines(document, .compoundLiteral).count == 4)
    #expect(
      try lines(["@id": "urn:a", "urn:p": string], .i18nDatatype)
        == [#"<urn:a> <urn:p> "x"^^<https://www.w3.org/ns/i18n#en_rtl> ."#])
  }

  @Test func refusesTwoIndexesOfOneNodeInOneGraphOnly() throws {
    let (one, two): (JSON, JSON) = (
      ["@id": "urn:a", "@index": "1"], ["@id": "urn:a", "@index": "2"]
    )
    #expect(throws: JSONLDError.self) { try lines(["urn:p": [one, two]]) }
    #expect(try lines(["urn:p": one, "@graph": [["urn:p": two]]]).count == 2)
  }

  @Test func stopsWhenTheReceiverDoes() throws {
    struct Stop: Error {}
    var count = 0
    #expect(throws: Stop.self) {
      try Processor().toRDF(["@id": "urn:a", "urn:p": [1, 2, 3]]) { _ in
        count += 1
        if count == 2 { throw Stop() }
      }
    }
    #expect(count == 2)
  }

  @Test(.timeLimit(.minutes(1))) func labelsManyBlankNodes() throws {
    let node: JSON = ["urn:p": 1]
    var last: Quad?
    var count = 0
    try Processor().toRDF(.array(Array(repeating: node, count: 200_000))) {
      last = $0
      count += 1
    }
    #expect(count == 200_000)
    #expect(last?.subject == .blankNode("b199999"))
  }

  @Test func refusesWhatIsTooDeep() {
    var list: JSON = 1
    for _ in 0..<600 { list = ["@list": [list]] }
    let document: JSON = ["@id": "urn:a", "urn:p": list]
    #expect { try lines(document) } throws: { ($0 as? JSONLDError)?.code == .limitExceeded }
  }

  @Test func takesListsAsDeepAsDocumentsMayBe() throws {
    // Each is an object and an array in the document, so that half of them are as deep as may be.
    var list: JSON = 1
    for _ in 0..<250 { list = ["@list": [list]] }
    #expect(try lines(["@id": "urn:a", "urn:p": list]).count == 501)
  }
}
