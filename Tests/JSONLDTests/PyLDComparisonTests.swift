import Foundation
import JSONLD
import RDF
import TestSupport
import Testing

private enum PyLD {
  static let python = ProcessInfo.processInfo.environment["RDF_PYTHON"]

  static var isPresent: Bool { python != nil }

  static let script = """
    import json, sys
    from pyld import jsonld
    for line in sys.stdin:
        name, argument = json.loads(line)
        options = {'format': 'application/n-quads'} if name == 'from_rdf' else {}
        try:
            print(json.dumps(getattr(jsonld, name)(argument, options=options)))
        except (jsonld.JsonLdError, KeyError):
            print('null')
    """
}

/// Compares with PyLD, another processor, where `RDF_PYTHON` names a Python that has it.
@Suite(.enabled(if: PyLD.isPresent && W3CSuite.isPresent))
struct PyLDComparisonTests {
  /// The results of a function of PyLD, one for each argument.
  private func results(of name: String, _ arguments: [JSON]) async throws -> [JSON] {
    let lines = arguments.map { JSONWriter().text(of: [.string(name), $0]) + "\n" }
    let result = try await Command.run(
      [try #require(PyLD.python), "-c", PyLD.script], input: lines.joined().utf8)
    #expect(result.status == 0, "\(result.error)")
    let bytes = result.outputBytes
    return try bytes.split(separator: 0x0A).map { try JSONParser().parse(Array($0)) }
  }

  /// The datasets of the suite that can be written as N-Quads.
  private func datasets() throws -> [(id: String, dataset: Dataset)] {
    try W3CSuite("toRdf").cases.compactMap { testCase in
      guard let path = testCase.expect, !testCase.options.producesGeneralizedRDF else { return nil }
      return (testCase.id, try Dataset(nQuads: W3CSuite.bytes(path)))
    }
  }

  @Test func readsFromRDFWhatPyLDReads() async throws {
    let datasets = try datasets()
    let texts = try datasets.map {
      JSON.string(String(decoding: try $0.dataset.nQuads(), as: UTF8.self))
    }
    let expected = try await results(of: "from_rdf", texts)
    #expect(expected.count == 339)
    // It does not read back the escapes of JSON literals, nor lists without a value.
    #expect(expected.count { $0.isNull } < 30)
    for (dataset, expected) in zip(datasets, expected) where !expected.isNull {
      let result = try Processor().fromRDF(dataset.dataset)
      #expect(result.isSameJSONLD(as: expected), "toRdf\(dataset.id)")
    }
  }

  @Test func flattensAsPyLDDoes() async throws {
    var options = ProcessingOptions()
    options.isOrdered = true
    let processor = Processor(options)
    let datasets = try datasets()
    let documents = try datasets.map { try processor.fromRDF($0.dataset) }
    let expected = try await results(of: "flatten", documents)
    #expect(expected.count == 339)
    for (place, expected) in expected.enumerated() {
      let flattened = try processor.flatten(documents[place])
      #expect(flattened.isSameJSONLD(as: expected), "toRdf\(datasets[place].id)")
    }
  }
}
