import Foundation
import Testing

@testable import RDF

@Suite(
  .enabled(
    if: CanonicalizationSuite.folder != nil, "the suite of rdf-canon is not beside the project"))
struct CanonicalizationSuiteTests {
  /// What is wrong with a case; nil when it passes.
  private static func fault(of test: CanonicalizationSuite.Case) throws -> String? {
    let dataset = try Dataset(nQuads: try CanonicalizationSuite.bytes(of: test.action))
    let form: CanonicalForm
    do {
      form = try dataset.canonicalized(test.algorithm)
    } catch {
      let isExpected = test.type == "rdfc:RDFC10NegativeEvalTest" && error.code == .limitExceeded
      return isExpected ? nil : "\(error)"
    }
    let expected = try test.result.map { try CanonicalizationSuite.bytes(of: $0) }
    switch (test.type, expected) {
    case ("rdfc:RDFC10EvalTest", let expected?):
      return form.nQuads == expected
        ? nil : "gives\n\(String(decoding: form.nQuads, as: UTF8.self))"
    case ("rdfc:RDFC10MapTest", let expected?):
      let map = Dictionary(
        uniqueKeysWithValues: form.identifiers.map { ($0.label, $0.identifier) })
      let json = try JSONSerialization.jsonObject(with: Data(expected)) as? [String: String]
      return map == json ? nil : "gives \(map)"
    default:
      return "is no error"
    }
  }

  @Test func everyCaseOfTheSuitePasses() throws {
    var passed = 0
    for test in try CanonicalizationSuite.cases() {
      if let fault = try Self.fault(of: test) {
        Issue.record("\(test.id): \(fault)")
      } else {
        passed += 1
      }
    }
    print("rdf-canon: \(passed) of 86")
    #expect(passed == 86)
  }
}
