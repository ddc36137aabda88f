import JSONLD
import Testing

struct ExpansionTests {
  @Test(.enabled(if: W3CSuite.isPresent))
  func passesTheSuiteOfTheW3C() async throws {
    try await W3CSuite("expand").run(count: 376) { testCase in
      let processor = Processor(testCase.options)
      let result = try await processor.expand(
        try W3CSuite.json(testCase.input), base: W3CSuite.baseIRI + testCase.input,
        loadingWith: W3CLoader())
      guard let expect = testCase.expect else { return false }
      return try result.isSameJSONLD(as: W3CSuite.json(expect))
    }
  }
}
