import Testing

@testable import RDF

struct TurtleTests {
  private static let namespaces = ["ex": "http://example.org/", "ns": "http://example.org/ns#"]

  private func text(_ nQuads: String) throws -> String {
    let bytes = try Dataset(nQuads: nQuads).triG(prefixes: try Prefixes(Self.namespaces))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func showsAGraphAsPeopleWouldWriteIt() throws {
    let text = try text(
      """
      <http://example.org/a> <http://example.org/ns#p> "5"^^<\(XSD.integer)> .
      <http://example.org/a> <\(RDFVocabulary.type)> <http://example.org/ns#T> .
      <http://example.org/a> <http://example.org/ns#p> _:b .
      _:b <http://example.org/ns#q> _:l .
      _:l <\(RDFVocabulary.first)> "x"@en .
      _:l <\(RDFVocabulary.rest)> _:m .
      _:m <\(RDFVocabulary.first)> "y" .
      _:m <\(RDFVocabulary.rest)> <\(RDFVocabulary.nil)> .
      _:s <http://example.org/ns#q> "1"^^<http://example.org/ns#t> <http://example.org/g> .
      """)
    #expect(
      text == """
        @prefix ex: <http://example.org/> .
        @prefix ns: <http://example.org/ns#> .

        ex:a a ns:T ;
            ns:p 5, [
                ns:q ( "x"@en "y" )
            ] .

        ex:g {
            [] ns:q "1"^^ns:t .
        }

        """)
  }

  @Test func declaresOnlyPrefixesThatAreUsed() throws {
    #expect(try text("<urn:a> <http://example.org/ns#p> <urn:b> .").contains("ns:"))
    #expect(try !text("<urn:a> <http://example.org/ns#p> <urn:b> .").contains("ex:"))
  }

  @Test(arguments: [
    ("a", "ex:a"), ("", "ex:"), ("a.b", "ex:a.b"), ("a.", "<http://example.org/a.>"),
    ("-a", "ex:\\-a"),
    ("a%41", "ex:a%41"), ("a%4", "ex:a\\%4"), ("1:2", "ex:1:2"), ("a,b", "ex:a\\,b"),
    ("a/b", "<http://example.org/a/b>"), ("a?b", "<http://example.org/a?b>"), ("é", "ex:é"),
  ])
  func writesLocalNamesWithTheEscapesThatTheyNeed(local: String, expected: String) throws {
    let text = try text("<http://example.org/\(local)> <urn:p> <urn:o> .")
    #expect(text.contains(expected + " <urn:p>"))
  }

  @Test(arguments: [
    ("5", XSD.integer, true), ("-50", XSD.integer, true), ("0", XSD.integer, true),
    ("-0", XSD.integer, false), ("+5", XSD.integer, false), ("05", XSD.integer, false),
    ("5.0", XSD.integer, false), ("", XSD.integer, false), ("-", XSD.integer, false),
    ("5.10", XSD.decimal, true), ("5.", XSD.decimal, false), (".5", XSD.decimal, false),
    ("5", XSD.decimal, false), ("1E-7", XSD.double, true), ("1.5e+10", XSD.double, true),
    ("1.e1", XSD.double, false), ("1e", XSD.double, false), ("1.5", XSD.double, false),
    ("INF", XSD.double, false), ("true", XSD.boolean, true), ("1", XSD.boolean, false),
    ("true", XSD.string, false),
  ])
  func writesNumbersAndTruthValuesShortWhereThatSaysAll(
    value: String, datatype: String, isShort: Bool
  ) {
    #expect(Literal(value, datatype: datatype).hasShortForm == isShort)
  }

  @Test(arguments: ["_", "1a", "a.", "a b", "-"])
  func refusesPrefixesThatAreNone(prefix: String) {
    #expect(throws: RDFError.self) { try Prefixes([prefix: "http://example.org/"]) }
  }

  @Test func refusesNamedGraphsInTurtleAndBlankPredicates() throws {
    let named = try Dataset(nQuads: "<urn:a> <urn:b> <urn:c> <urn:g> .")
    #expect { try named.turtle(prefixes: try Prefixes()) } throws: {
      ($0 as? RDFError)?.code == .unexpectedGraph
    }
    let blank = try Dataset(nQuads: "<urn:a> _:b <urn:c> .", syntax: .generalizedNQuads)
    #expect { try blank.turtle(prefixes: try Prefixes()) } throws: {
      ($0 as? RDFError)?.code == .misplacedTerm
    }
  }

  @Test func refusesLabelsThatOnlyNQuadsHas() throws {
    let circle = try Dataset(nQuads: "_:a:b <urn:p> _:a:b .")
    #expect { try circle.turtle(prefixes: try Prefixes()) } throws: {
      ($0 as? RDFError)?.code == .invalidBlankNodeLabel
    }
  }

  @Test func writesChainsAndCirclesOfAHundredThousandBlankNodes() throws {
    for isCircle in [false, true] {
      var dataset = Dataset()
      let count = 100_000
      for index in 0..<(isCircle ? count : count - 1) {
        dataset.insert(
          Quad(
            .blankNode("b\(index)"), .iri("urn:p"), .blankNode("b\((index + 1) % count)")))
      }
      let bytes = try dataset.turtle(prefixes: try Prefixes())
      let opened = bytes.count { $0 == UInt8(ascii: "[") }
      #expect(opened > count / 2)
      #expect(bytes.count < 100 * count)
    }
  }

  @Test func writesAListOfAHundredThousandElements() throws {
    var dataset: Dataset = [Quad(.iri("urn:s"), .iri("urn:p"), .blankNode("l0"))]
    for index in 0..<100_000 {
      let cell = Term.blankNode("l\(index)")
      dataset.insert(Quad(cell, .iri(RDFVocabulary.first), .literal(Literal("x"))))
      dataset.insert(
        Quad(
          cell, .iri(RDFVocabulary.rest),
          index < 99_999 ? .blankNode("l\(index + 1)") : .iri(RDFVocabulary.nil)))
    }
    let text = String(decoding: try dataset.turtle(prefixes: try Prefixes()), as: UTF8.self)
    #expect(text.hasPrefix("<urn:s> <urn:p> ( \"x\" \"x\" "))
    #expect(text.utf8.count < 500_000)
  }

  @Test func writesGraphsOneByOneWithLabelsOfTheirOwn() throws {
    var bytes: [UInt8] = []
    var writer = TriGWriter(prefixes: try Prefixes(["p": "urn:"]), to: &bytes)
    let quads = [
      Quad(.blankNode("b"), .iri("urn:p"), .blankNode("b")),
      Quad(.blankNode("b"), .iri("urn:p"), .blankNode("n")),
    ]
    try writer.write(quads, name: .iri("urn:g"), to: &bytes)
    try writer.write(quads, name: .iri("urn:h"), to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        @prefix p: <urn:> .

        p:g {
            _:g0-b p:p _:g0-b, [] .
        }

        p:h {
            _:g1-b p:p _:g1-b, [] .
        }

        """)
  }

  @Test(.enabled(if: RDFLib.python != nil, "RDF_PYTHON names no Python with rdflib"))
  func rdflibReadsWhatIsWritten() async throws {
    var random = RandomDataset(seed: 20_260_724)
    let datasets = (0..<500).map { _ in random.next() }
    let prefixes = try Prefixes(Self.namespaces)
    let documents = try datasets.map { try $0.triG(prefixes: prefixes) }
    let read = try await RDFLib.datasets(of: documents, format: "trig")
    for (index, dataset) in datasets.enumerated() {
      #expect(
        try dataset.isIsomorphic(to: read[index]),
        "\(String(decoding: documents[index], as: UTF8.self))")
    }
  }

  @Test(.enabled(if: RDFLib.python != nil, "RDF_PYTHON names no Python with rdflib"))
  func rdflibReadsGraphsThatAreWrittenOneByOne() async throws {
    var random = RandomDataset(seed: 5)
    var expected = Dataset()
    var bytes: [UInt8] = []
    var writer = TriGWriter(prefixes: try Prefixes(Self.namespaces), to: &bytes)
    for index in 0..<40 {
      let quads = random.next().quads.filter { $0.graph == nil }
      let name = Term.iri("urn:g:\(index)")
      try writer.write(quads, name: name, to: &bytes)
      func own(_ term: Term) -> Term {
        term.blankNodeLabel.map { .blankNode("\(index)-\($0)") } ?? term
      }
      expected.insert(
        contentsOf: quads.map {
          Quad(own($0.subject), $0.predicate, own($0.object), graph: name)
        })
    }
    let read = try await RDFLib.datasets(of: [bytes], format: "trig")
    #expect(try expected.isIsomorphic(to: read[0]))
    #expect(expected.count > 100)
  }
}
