import Testing

@testable import RDF

struct DatasetTests {
  private func quad(_ object: Term, graph: Term? = nil) -> Quad {
    Quad(.iri("urn:s"), .iri("urn:p"), object, graph: graph)
  }

  @Test func keepsTheFirstOfEqualQuadsInTheirOrder() {
    var dataset = Dataset()
    let isNew = [quad(.iri("urn:b")), quad(.iri("urn:a")), quad(.iri("urn:b"))]
      .map { dataset.insert($0) }
    #expect(isNew == [true, true, false])
    #expect(dataset.quads == [quad(.iri("urn:b")), quad(.iri("urn:a"))])
    #expect(dataset.contains(quad(.iri("urn:a"))))
    #expect(!dataset.contains(quad(.iri("urn:c"))))
    #expect(dataset == [quad(.iri("urn:a")), quad(.iri("urn:b"))])
    #expect(!Dataset().contains(quad(.iri("urn:a"))))
  }

  @Test func termsOfAllKindsWithTheSameTextAreDifferent() {
    let terms: [Term] = [
      .iri("en"), .blankNode("en"), .literal(Literal("en")), .literal(Literal("x", language: "en")),
      .literal(Literal("x", datatype: "en")), .literal(Literal("x", language: "EN")),
    ]
    #expect(Set(terms).count == terms.count)
    #expect(Dataset(terms.map { quad($0) }).count == terms.count)
    #expect(quad(.iri("urn:o")) != quad(.iri("urn:o"), graph: .iri("urn:g")))
  }

  @Test func textsThatOnlyLookTheSameAreDifferentTerms() {
    let (one, two) = ("\u{E9}", "e\u{301}")
    #expect(one == two)
    #expect(Term.iri("urn:" + one) != .iri("urn:" + two))
    #expect(Set([Literal(one), Literal(two)]).count == 2)
  }

  @Test func findsEachOfManyQuads() {
    var dataset = Dataset()
    for _ in 0..<2 {
      for index in 0..<20_000 { dataset.insert(quad(.blankNode("b\(index)"))) }
    }
    #expect(dataset.count == 20_000)
    #expect((0..<20_000).allSatisfy { dataset.contains(quad(.blankNode("b\($0)"))) })
    #expect(!dataset.contains(quad(.blankNode("b20000"))))
  }

  @Test func datasetsThatDifferInLabelsOnlyAreIsomorphic() throws {
    let dataset = try Dataset(nQuads: "_:a <urn:p> _:b _:g .\n_:b <urn:p> _:a .")
    let renamed = try Dataset(nQuads: "_:a <urn:p> _:x .\n_:x <urn:p> _:a _:b .")
    let other = try Dataset(nQuads: "_:a <urn:p> _:b _:g .\n_:a <urn:p> _:b .")
    #expect(try dataset.isIsomorphic(to: renamed))
    #expect(try !dataset.isIsomorphic(to: other))
    #expect(try !dataset.isIsomorphic(to: []))
  }
}
