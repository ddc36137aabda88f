@testable import RDF

/// Datasets made by chance, from few terms so that all shapes come about: shared, nested and
/// circular blank nodes, lists whole and broken, and texts that need escapes.
struct RandomDataset {
  private var generator: SplitMix

  init(seed: UInt64) { generator = SplitMix(state: seed) }

  private static let iris = [
    "http://example.org/a", "http://example.org/b", "http://example.org/", "urn:x:1",
    "http://example.org/a/b", "http://example.org/-a.b.", "http://example.org/a%20b",
    "http://example.org/é", "http://example.org/x,y;(z)", "http://example.org/ns#_1",
    "http://example.org/ns#a:b", "http://example.org/ns#1.5",
  ]
  private static let predicates = [
    RDFVocabulary.type, RDFVocabulary.first, RDFVocabulary.rest, "http://example.org/ns#p",
    "http://example.org/ns#q",
  ]
  private static let literals = [
    Literal("a \"text\"\n\twith \\ all\u{7}\u{8}\u{C}\r\u{7F}"), Literal("😀 é"),
    Literal("colour", language: "en-GB"), Literal("5", datatype: XSD.integer),
    Literal("+05", datatype: XSD.integer), Literal("5.", datatype: XSD.decimal),
    Literal("-.5", datatype: XSD.decimal), Literal("1.e0", datatype: XSD.double),
    Literal("1E-7", datatype: XSD.double), Literal("INF", datatype: XSD.double),
    Literal("true", datatype: XSD.boolean), Literal("1", datatype: XSD.boolean),
    Literal("five", datatype: XSD.integer), Literal("x", datatype: "http://example.org/ns#t"),
    Literal(""), Literal("'''"), Literal("5"),
  ]

  /// The dataset; lists of all kinds are a part of it.
  mutating func next() -> Dataset {
    var dataset = Dataset()
    for _ in 0..<Int.random(in: 1...16, using: &generator) {
      dataset.insert(
        Quad(node(), .iri(pick(Self.predicates)), object(), graph: graph()))
    }
    if Bool.random(using: &generator) { insertList(into: &dataset) }
    return dataset
  }

  private mutating func insertList(into dataset: inout Dataset) {
    let graph = graph()
    let length = Int.random(in: 1...4, using: &generator)
    dataset.insert(
      Quad(node(), .iri(pick(Self.predicates)), .blankNode("l0"), graph: graph))
    for index in 0..<length {
      let cell = Term.blankNode("l\(index)")
      dataset.insert(Quad(cell, .iri(RDFVocabulary.first), object(), graph: graph))
      let rest =
        index + 1 < length ? Term.blankNode("l\(index + 1)") : .iri(RDFVocabulary.nil)
      dataset.insert(Quad(cell, .iri(RDFVocabulary.rest), rest, graph: graph))
    }
  }

  private mutating func node() -> Term {
    Int.random(in: 0..<3, using: &generator) == 0
      ? .iri(pick(Self.iris)) : .blankNode("b\(Int.random(in: 0..<7, using: &generator))")
  }

  private mutating func object() -> Term {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0...2: .literal(pick(Self.literals))
    case 3: .iri(RDFVocabulary.nil)
    case 4: .blankNode("l\(Int.random(in: 0..<4, using: &generator))")
    default: node()
    }
  }

  private mutating func graph() -> Term? {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: .iri(pick(Self.iris))
    case 1: .blankNode("b\(Int.random(in: 0..<7, using: &generator))")
    default: nil
    }
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }
}

/// A generator of which every run is the same.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
