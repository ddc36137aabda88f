import Foundation
import JSONLD
import Testing

/// One manifest of the JSON-LD test suite of the W3C, read where a copy of it lies beside the project.
///
/// Source: https://w3c.github.io/json-ld-api/tests/
struct W3CSuite {
  /// The directory of the manifests; nil without a copy.
  static let directory: URL? = {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let tests = root.deletingLastPathComponent()
      .appendingPathComponent("shared/suites/json-ld-api/tests")
    return FileManager.default.fileExists(atPath: tests.path) ? tests : nil
  }()

  static var isPresent: Bool { directory != nil }

  static let baseIRI = "https://w3c.github.io/json-ld-api/tests/"

  let name: String
  let cases: [W3CCase]

  /// Reads the cases for processors of JSON-LD 1.1 from `<name>-manifest.jsonld`.
  init(_ name: String) throws {
    self.name = name
    let manifest = try Self.json("\(name)-manifest.jsonld")
    cases = try (manifest["sequence"]?.array ?? [])
      .filter { $0["option"]?["specVersion"]?.string != "json-ld-1.0" }
      .map(W3CCase.init)
  }

  /// The bytes of a file of the suite.
  static func bytes(_ path: String) throws -> [UInt8] {
    let url = try #require(directory).appendingPathComponent(path)
    return Array(try Data(contentsOf: url))
  }

  /// The JSON of a file of the suite; in some of them names are there twice.
  static func json(_ path: String) throws -> JSON {
    var parser = JSONParser()
    parser.duplicateNames = .lastWins
    return try parser.parse(bytes(path))
  }

  /// Runs each case, reports those that fail, and how many do not.
  ///
  /// `run` returns whether the result is the expected one; a negative case passes when it throws
  /// a `JSONLDError` with the code of the case.
  func run(count: Int, _ run: (W3CCase) async throws -> Bool) async {
    var passed = 0
    for testCase in cases {
      let outcome: String?
      do {
        let isRight = try await run(testCase)
        outcome =
          testCase.errorCode.map { "no error, expected: \($0)" } ?? (isRight ? nil : "differs")
      } catch {
        let code = (error as? JSONLDError)?.code.rawValue
        outcome = code != nil && code == testCase.errorCode ? nil : "\(error)"
      }
      if let outcome {
        Issue.record("\(name)\(testCase.id) (\(testCase.purpose)): \(outcome)")
      } else {
        passed += 1
      }
    }
    print("\(name): \(passed) of \(count)")
    #expect(passed == count)
  }
}

/// One case of a manifest.
struct W3CCase {
  let id: String
  let purpose: String

  /// The path of the input in the suite.
  let input: String

  /// The path of the expected result; nil in a negative case.
  let expect: String?

  /// The path of the context to compact with.
  let context: String?

  /// The code of the expected error.
  let errorCode: String?
  let options: ProcessingOptions

  init(_ entry: JSON) throws {
    id = try #require(entry["@id"]?.string)
    purpose = entry["purpose"]?.string ?? ""
    input = try #require(entry["input"]?.string)
    expect = entry["expect"]?.string
    context = entry["context"]?.string
    errorCode = entry["expectErrorCode"]?.string
    var options = ProcessingOptions()
    let option = entry["option"] ?? [:]
    options.base = option["base"]?.string ?? W3CSuite.baseIRI + input
    options.mode = option["processingMode"]?.string.flatMap { .init(rawValue: $0) } ?? .jsonLD11
    options.rdfDirection = option["rdfDirection"]?.string.flatMap { .init(rawValue: $0) }
    options.producesGeneralizedRDF = option["produceGeneralizedRdf"]?.bool ?? false
    options.compactsArrays = option["compactArrays"]?.bool ?? true
    options.compactsToRelative = option["compactToRelative"]?.bool ?? true
    if let path = option["expandContext"]?.string {
      options.expansionContext = try W3CSuite.json(path)
    }
    self.options = options
  }
}

/// Loads the documents that the suite takes for its own from the copy of it.
struct W3CLoader: DocumentLoader {
  struct Missing: Error { let url: String }

  func document(at url: String) async throws -> RemoteDocument {
    guard url.hasPrefix(W3CSuite.baseIRI) else { throw Missing(url: url) }
    let path = String(url.dropFirst(W3CSuite.baseIRI.count))
    return RemoteDocument(url: url, document: try W3CSuite.json(path))
  }
}
