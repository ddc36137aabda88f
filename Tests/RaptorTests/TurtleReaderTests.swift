import RDF
import Testing

@testable import Raptor

struct TurtleReaderTests {
  private func read(_ text: String, limit: Int = 100) throws -> [String] {
    try TurtleReader.quads(Array(text.utf8), base: "http://base.example/", limit: limit).map {
      String(decoding: try Dataset([$0]).nQuads(), as: UTF8.self).trimmingSuffix("\n")
    }
  }

  @Test func readsEveryKindOfTerm() throws {
    let quads = try read(
      """
      @prefix e: <http://e/> .
      e:s a <o> ; e:p "a\\u0000\\"é", "b"@en, 5, _:x .
      _:x e:q ( true ) .
      """)
    #expect(quads.contains("<http://e/s> <\(RDFVocabulary.type)> <http://base.example/o> ."))
    #expect(quads.contains { $0.hasPrefix("<http://e/s> <http://e/p> \"b\"@en") })
    #expect(quads.contains("<http://e/s> <http://e/p> \"5\"^^<\(XSD.integer)> ."))
    #expect(quads.contains { $0.contains("\"true\"^^<\(XSD.boolean)>") })
    #expect(quads.count == 8)
  }

  @Test(arguments: [
    ("<http://s> <http://p> .", 1), ("\n\n@prefix e: .", 3), ("<http://s> e:p 5 .", 1),
    ("\"a", 1), ("# a\n\u{0}", 2),
  ])
  func namesTheLineOfWhatIsNoTurtle(_ text: String, _ line: Int) {
    let error = #expect(throws: TurtleError.self) { try read(text) }
    #expect(error?.code == .syntax)
    #expect(error?.line == line)
  }

  @Test func takesNoMoreThanTheLimit() {
    let text = (0...100).map { "<http://s> <http://p> \($0) ." }.joined(separator: "\n")
    #expect(throws: TurtleError.self) { try read(text) }
    #expect((try? read(text, limit: 101).count) == 101)
    #expect((try? read("")) == [])
  }

  @Test func aPrefixMayNotBecomeFarMoreThanTheText() {
    let long = String(repeating: "x", count: 100_000)
    let text =
      "@prefix a: <http://\(long)/> . a:s a:p "
      + (0..<1000).map { "a:\($0)" }
      .joined(separator: ",") + " ."
    let error = #expect(throws: TurtleError.self) { try read(text, limit: 100_000) }
    #expect(error?.code == .limitExceeded)
  }

  /// Whatever stands there: no crash.
  @Test func everyTruncationIsReadOrRefused() {
    let text = Array(
      #"@prefix e: <http://e/> . e:s e:p "é\n"@de-AT , ("""x""" [ e:q 1.5e3 ]) ."#.utf8)
    for count in text.indices {
      _ = try? TurtleReader.quads(Array(text[..<count]), base: "http://b/")
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
