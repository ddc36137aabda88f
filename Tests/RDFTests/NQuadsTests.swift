import Testing

@testable import RDF

struct NQuadsTests {
  private static func quads(_ text: String) throws(RDFError) -> [Quad] {
    try Dataset(nQuads: text).quads
  }

  @Test func readsAllKindsOfTerms() throws {
    let quads = try Self.quads(
      """
      # a comment

      <urn:s>\t<urn:p> "a\\tb\\"\\\\\\u00E9\\U0001F600"@en-GB <urn:g>. # another
      _:a.b<urn:p>_:c._:g .
      <urn:s> <urn:p> "5" ^^ <urn:\\u0074> .
      """)
    #expect(
      quads == [
        Quad(
          .iri("urn:s"), .iri("urn:p"), .literal(Literal("a\tb\"\\é😀", language: "en-GB")),
          graph: .iri("urn:g")),
        Quad(.blankNode("a.b"), .iri("urn:p"), .blankNode("c._:g")),
        Quad(.iri("urn:s"), .iri("urn:p"), .literal(Literal("5", datatype: "urn:t"))),
      ])
  }

  @Test(arguments: [
    ("<s> <urn:p> <urn:o> .", RDFError.Code.invalidIRI),
    ("<urn:a b> <urn:p> <urn:o> .", .invalidIRI),
    ("<urn:a#b#c> <urn:p> <urn:o> .", .invalidIRI),
    ("<urn:\\u0020> <urn:p> <urn:o> .", .invalidIRI),
    ("<urn:\u{0}> <urn:p> <urn:o> .", .invalidIRI),
    ("<urn:s> <urn:p> \"x\"^^<t> .", .invalidIRI),
    ("<urn:s> <urn:p> \"x\"@1 .", .invalidLanguageTag),
    ("<urn:s> <urn:p> \"x\"@en- .", .invalidLanguageTag),
    ("_:- <urn:p> <urn:o> .", .invalidBlankNodeLabel),
    ("_: <urn:p> <urn:o> .", .invalidBlankNodeLabel),
    ("_:a\u{2192} <urn:p> <urn:o> .", .invalidBlankNodeLabel),
    ("<urn:s> <urn:p> \"\\uD83D\\uDE00\" .", .invalidEscape),
    ("<urn:s> <urn:p> \"\\U00110000\" .", .invalidEscape),
    ("<urn:s> <urn:p> \"\\u12G4\" .", .invalidEscape),
    ("<urn:s> <urn:p> \"\\a\" .", .invalidEscape),
    ("<urn:\\n> <urn:p> <urn:o> .", .invalidEscape),
    ("<urn:s> _:p <urn:o> .", .misplacedTerm),
    ("\"s\" <urn:p> <urn:o> .", .misplacedTerm),
    ("<urn:s> <urn:p> <urn:o> \"g\" .", .syntax),
    ("<urn:s> <urn:p> <urn:o>", .syntax),
    ("<urn:s> <urn:p> .", .syntax),
    ("<urn:s> <urn:p> <urn:o> . <urn:s>", .syntax),
    ("<urn:s> <urn:p> 'x' .", .syntax),
    ("<urn:s> <urn:p> \"x\ny\" .", .syntax),
  ])
  func refusesWhatIsNoStatementAndNamesTheLine(text: String, code: RDFError.Code) {
    #expect {
      try Self.quads("<urn:s> <urn:p> <urn:o> .\r\n\n" + text)
    } throws: { error in
      let error = error as? RDFError
      return error?.code == code && error?.line == 3
    }
  }

  @Test func refusesBytesThatAreNoUTF8() {
    for term in [
      [0x22, 0xC3, 0x28, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x3C, 0x61, 0x3A, 0xFF, 0x3E],
    ] {
      let bytes = Array("<urn:s> <urn:p> ".utf8) + term.map(UInt8.init) + Array(" .".utf8)
      #expect { try Dataset(nQuads: bytes) } throws: {
        ($0 as? RDFError)?.code == .invalidUTF8
      }
    }
  }

  @Test func readsGraphsOnlyWhereTheSyntaxHasThem() throws {
    let text = "<urn:s> <urn:p> <urn:o> <urn:g> ."
    #expect { try Dataset(nQuads: text, syntax: .nTriples) } throws: {
      ($0 as? RDFError)?.code == .unexpectedGraph
    }
    let generalized = try Dataset(nQuads: "_:a _:b _:c .", syntax: .generalizedNQuads)
    #expect(generalized.first?.predicate == .blankNode("b"))
  }

  @Test func everyTruncationGivesTheLinesBeforeOrAnError() throws {
    var random = RandomDataset(seed: 7)
    for _ in 0..<20 {
      let bytes = try random.next().nQuads()
      let all = try Dataset(nQuads: bytes).quads
      for end in 0...bytes.count {
        let complete = bytes[..<end].count { $0 == UInt8(ascii: "\n") }
        do {
          let quads = try Dataset(nQuads: Array(bytes[..<end])).quads
          #expect(quads.elementsEqual(all.prefix(quads.count)))
          #expect(quads.count - complete <= 1)
        } catch {
          #expect(error.line == complete + 1)
        }
      }
    }
  }

  @Test func piecesOfAnyLengthGiveTheSameQuads() throws {
    let bytes = Array("# c\r\n<urn:s> <urn:p> \"é\\u00E9\" .\r\r\n_:a <urn:p> <urn:é> .".utf8)
    let whole = try Dataset(nQuads: bytes).quads
    for length in 1...bytes.count {
      var (reader, quads) = (NQuadsReader(), [Quad]())
      for start in stride(from: 0, to: bytes.count, by: length) {
        let end = min(start + length, bytes.count)
        try reader.read(bytes.span.extracting(start..<end), into: &quads)
      }
      try reader.finish(into: &quads)
      #expect(quads == whole)
    }
    #expect(whole.count == 2)
  }

  @Test func aLineMayBeLongButNotLongerThanTheLimit() throws {
    let text = String(repeating: "x", count: 20_000_000)
    let bytes = Array("<urn:s> <urn:p> \"\(text)\" .\n".utf8)
    #expect(try Dataset(nQuads: bytes).first?.object == .literal(Literal(text)))
    var (reader, quads) = (NQuadsReader(maximumLineLength: 1000), [Quad]())
    #expect { try reader.read(bytes.span.extracting(0..<2000), into: &quads) } throws: {
      ($0 as? RDFError)?.code == .limitExceeded
    }
  }

  @Test func writesTheCanonicalFormOfEveryCharacter() throws {
    let quad = Quad(
      .blankNode("s"), .iri("urn:p"),
      .literal(
        Literal("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F} \"'\\\u{7F}\u{80}é\u{FFFD}\u{FFFE}\u{FFFF}😀")))
    var bytes: [UInt8] = []
    try NQuadsWriter().write(quad, to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "_:s <urn:p> \"\\u0000\\b\\t\\n\\u000B\\f\\r\\u001F \\\"'\\\\\\u007F\u{80}é\u{FFFD}\\uFFFE\\uFFFF😀\" .\n"
    )
    #expect(try Dataset(nQuads: bytes).quads == [quad])
  }

  @Test(arguments: [
    Term.iri("urn:a> <urn:b"), .iri("relative"), .iri(""), .blankNode("a b"), .blankNode(""),
    .literal(Literal("x", language: "en .\n_:x")), .literal(Literal("x", datatype: "t")),
  ])
  func writesNothingOfAQuadThatNQuadsCannotSay(object: Term) {
    var bytes = Array("before".utf8)
    #expect(throws: RDFError.self) {
      try NQuadsWriter().write(Quad(.iri("urn:s"), .iri("urn:p"), object), to: &bytes)
    }
    #expect(bytes == Array("before".utf8))
  }

  @Test func everyDatasetComesBackFromItsText() throws {
    var random = RandomDataset(seed: 42)
    for _ in 0..<200 {
      let dataset = random.next()
      #expect(try Dataset(nQuads: try dataset.nQuads()) == dataset)
    }
  }
}
