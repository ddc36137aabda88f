import JSONLD
import Testing

@Suite(.enabled(if: W3CSuite.isPresent))
struct CompactionSuiteTests {
  @Test func compactsAsTheStandardSays() async throws {
    try await W3CSuite("compact").run(count: 244) { testCase in
      let context = try testCase.context.map { try W3CSuite.json($0) } ?? .null
      let result = try await Processor(testCase.options).compact(
        W3CSuite.json(testCase.input), with: context, base: W3CSuite.baseIRI + testCase.input,
        loadingWith: W3CLoader())
      guard let path = testCase.expect else { return true }
      return try result.isSameJSONLD(as: W3CSuite.json(path))
    }
  }
}
