import JSONLD
import RDF
import Testing

@Suite(.enabled(if: W3CSuite.isPresent))
struct RDFSuiteTests {
  /// The statements of a case, or of another document with its options.
  ///
  /// In a result IRIs are relative only when there was no base, so that it is given none.
  private func statements(
    _ document: JSON, _ testCase: W3CCase, isResult: Bool = false
  ) async throws -> Dataset {
    var dataset = Dataset()
    var options = testCase.options
    if isResult { options.base = nil }
    try await Processor(options).toRDF(
      document, base: isResult ? nil : W3CSuite.baseIRI + testCase.input, loadingWith: W3CLoader()
    ) { dataset.insert($0) }
    return dataset
  }

  @Test func saysInRDFWhatTheStandardSays() async throws {
    try await W3CSuite("toRdf").run(count: 456) { testCase in
      let result = try await statements(W3CSuite.json(testCase.input), testCase)
      guard let path = testCase.expect else { return true }
      let text = try W3CSuite.bytes(path)
      let expected = try Dataset(
        nQuads: text, syntax: testCase.options.producesGeneralizedRDF ? .generalizedNQuads : .nQuads
      )
      return try result.withPlainPredicates.isIsomorphic(to: expected.withPlainPredicates)
    }
  }

  @Test func readsFromRDFWhatItSaidInRDF() async throws {
    try await checkInputs { document, testCase in
      let statements = try await self.statements(document, testCase)
      let back = try Processor(testCase.options).fromRDF(statements)
      return (statements, try await self.statements(back, testCase, isResult: true))
    }
  }

  @Test func saysTheSameWhenFlattened() async throws {
    try await checkInputs { document, testCase in
      let flattened = try await Processor(testCase.options).flatten(
        document, base: W3CSuite.baseIRI + testCase.input, loadingWith: W3CLoader())
      return try await (
        self.statements(document, testCase),
        self.statements(flattened, testCase, isResult: true)
      )
    }
  }

  @Test func saysTheSameWhenCompacted() async throws {
    // A named graph under a term for graphs is read as a graph in a graph, and a language tag takes
    // the case that its term has; so the standard has it.
    let exceptions = ["#t0080", "#t0083", "#tla01"]
    var count = 0
    for testCase in try W3CSuite("compact").cases {
      guard testCase.errorCode == nil, let path = testCase.context else { continue }
      let document = try W3CSuite.json(testCase.input)
      let before: Dataset
      do { before = try await statements(document, testCase) } catch let error as JSONLDError {
        #expect(error.code == .conflictingIndexes)
        continue
      }
      let compacted = try await Processor(testCase.options).compact(
        document, with: W3CSuite.json(path), base: W3CSuite.baseIRI + testCase.input,
        loadingWith: W3CLoader())
      let after = try await statements(compacted, testCase)
      #expect(
        try before.isIsomorphic(to: after) != exceptions.contains(testCase.id),
        "compact\(testCase.id)")
      count += 1
    }
    #expect(count == 227)
  }

  /// Checks that both datasets of each case that is no error are the same.
  private func checkInputs(
    _ datasets: (JSON, W3CCase) async throws -> (Dataset, Dataset)
  ) async throws {
    var count = 0
    for testCase in try W3CSuite("toRdf").cases where testCase.errorCode == nil {
      let (before, after) = try await datasets(W3CSuite.json(testCase.input), testCase)
      let isSame = try before.withPlainPredicates.isIsomorphic(to: after.withPlainPredicates)
      #expect(isSame, "toRdf\(testCase.id)")
      count += 1
    }
    #expect(count == 356)
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
