import JSONLD
import RDF
import Testing

@Suite(.enabled(if: W3CSuite.isPresent))
struct RDFSuiteTests {
  /// The statements of a case, or of another document with its options.
  private func statements(_ document: JSON, _ testCase: W3CCase) async throws -> Dataset {
    var dataset = Dataset()
    let base = W3CSuite.baseIRI + testCase.input
    try await Processor(testCase.options)
      .toRDF(document, base: base, loadingWith: W3CLoader()) { dataset.insert($0) }
    return dataset
  }

  @Test func saysInRDFWhatTheStandardSays() async throws {
    try await W3CSuite("toRdf").run(count: 456) { testCase in
      let result = try await statements(W3CSuite.json(testCase.input), testCase)
      guard let path = testCase.expect else { return true }
      let text = try W3CSuite.bytes(path)
      let expected = try Dataset(
        nQuads: text, syntax: testCase.options.producesGeneralizedRDF ? .generalizedNQuads : .nQuads)
      return try result.withPlainPredicates.isIsomorphic(to: expected.withPlainPredicates)
    }
  }
}

extension Dataset {
  /// The dataset with a node for each statement whose predicate is a blank node, which has no
  /// canonical form otherwise.
  fileprivate var withPlainPredicates: Dataset {
    var dataset = Dataset()
    for (place, quad) in quads.enumerated() {
      guard case .blankNode = quad.predicate else {
        dataset.insert(quad)
        continue
      }
      let statement = Term.blankNode("statement\(place)")
      for (name, term) in [
        ("subject", quad.subject), ("predicate", quad.predicate), ("object", quad.object),
      ] {
        dataset.insert(Quad(statement, .iri("urn:" + name), term, graph: quad.graph))
      }
    }
    return dataset
  }
}
