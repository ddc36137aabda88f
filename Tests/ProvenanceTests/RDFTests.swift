import Canonical
import Foundation
import Testing

@testable import Provenance

/// Reads the documents with other people's RDF libraries.
///
/// Needs Python with rdflib and pyld: the interpreter that `RDF_PYTHON` names, else `python3`.
/// Without them the tests are skipped, but not where `CI` is set.
@Suite struct RDFTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let sources = GoldenTests.folder.deletingLastPathComponent()
  private static let ontology = sources.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "templates/ontology/smartcontainers.ttl")

  private static let isAvailable: Bool = {
    if environment["CI"] != nil { return true }
    return (try? python(["-c", "import rdflib, pyld"]).status) == 0
  }()

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [environment["RDF_PYTHON"] ?? "python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func check(_ documents: [URL]) throws -> (status: Int32, output: String) {
    try Self.python(
      [Self.sources.appending(path: "check_rdf.py").path, Self.ontology.path]
        + documents.map(\.path))
  }

  @Test(.enabled(if: isAvailable, "rdflib and pyld are not installed"))
  func twoReadersFindTheIntendedGraphInEveryGolden() throws {
    let documents = try GoldenTests.documents() + SmartDocumentTests.goldens
    #expect(documents.count > Fixture.activities.count + 30)
    let result = try check(documents)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("\(documents.count) documents, 0 problems"))
  }

  private static let hasAllTools: Bool = {
    if environment["CI"] != nil { return true }
    return (try? python(["-c", "import hydra_python_core, prov, pyoxigraph, pyshacl"]).status) == 0
  }()

  /// rdflib, pyld, pyoxigraph, pyshacl, prov-convert and hydra-python-core.
  @Test(.enabled(if: hasAllTools, "the tools of Tests/requirements.txt are not installed"))
  func everyKindOfDocumentPassesTheToolsOfOthers() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "standards-\(UInt32.random(in: 0...UInt32.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var documents: [URL] = []
    for golden in try GoldenTests.documents() {
      let bytes = Array(try Data(contentsOf: golden))
      let id = try ActivityDocument(parsing: bytes).id
      let copy = folder.appending(path: golden.lastPathComponent)
      try Data(bytes).write(to: copy)
      try Data(LinkedDataWriter.text(of: bytes, about: id, .triG))
        .write(to: copy.deletingPathExtension().appendingPathExtension("trig"))
      documents.append(copy)
    }
    documents += SmartDocumentTests.goldens
    let result = try Self.python(
      [
        Self.sources.appending(path: "check_standards.py").path,
        Self.ontology.deletingLastPathComponent().path,
      ] + documents.map(\.path))
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("\(documents.count) documents, 0 problems"))
  }

  @Test(
    .enabled(if: hasAllTools, "the tools of Tests/requirements.txt are not installed"),
    arguments: [
      ("statement", #""ce:digest": "sha256:"#, #""ce:digest": "md5:"#, "does not match pattern"),
      ("statement", #""prov:startedAtTime""#, #""prov:generatedAtTime""#, "Less than 1 values"),
      ("entry", #""hydra:totalItems": 2"#, #""hydra:totalItems": "2""#, "Literal with datatype"),
      ("entry", #""hydra:readable""#, #""hydra:writable""#, "hydra-python-core misses"),
      ("entry", #""dcat:endpointURL": "http:"#, #""dcat:endpointURL": "a b:"#, "statements"),
    ])
  func theToolsOfOthersFindWhatIsWrong(
    name: String, good: String, bad: String, problem: String
  ) throws {
    let text = try String(
      contentsOf: SmartDocumentTests.folder.appending(path: name + ".jsonld"), encoding: .utf8)
    #expect(text.contains(good))
    let file = FileManager.default.temporaryDirectory
      .appending(path: "broken-\(UInt32.random(in: 0...UInt32.max)).jsonld")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.replacing(good, with: bad).write(to: file, atomically: true, encoding: .utf8)
    let result = try Self.python([
      Self.sources.appending(path: "check_standards.py").path,
      Self.ontology.deletingLastPathComponent().path, file.path,
    ])
    #expect(result.status == 1 && result.output.contains(problem), "\(result.output)")
  }

  @Test(
    .enabled(if: isAvailable, "rdflib and pyld are not installed"),
    arguments: [
      ("19:05:02.123Z", "19:05:02Z", "no time in UTC"),
      ("\"ca:method\"", "\"ca:meth\"", "undefined property"),
      ("\"docker:Container\"", "\"docker:Box\"", "undefined class"),
      ("ca:imageRole", "ca:pictureRole", "undefined term"),
      ("\"web created\"", "\"web created\", \"prov:used\": \"image\"", "differ"),
      ("\"prov:used\": \"ni:", "\"prov:used\": \"relative/ni:", "no absolute IRI"),
      ("\"ca:statusCode\": 201", "\"ca:statusCode\": \"201\"", "not http://www.w3.org/2001/XML"),
      ("\"prov:wasDerivedFrom\"", "\"prov:wasRevisionOf\"", "not answered with yes"),
    ])
  func findsWhatIsWrong(part: String, replacement: String, problem: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rdf-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let golden = GoldenTests.folder.appending(path: "create.jsonld")
    let text = try String(contentsOf: golden, encoding: .utf8)
    let broken = text.replacingOccurrences(of: part, with: replacement)
    #expect(broken != text)
    let file = folder.appending(path: "create.jsonld")
    try broken.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.copyItem(
      at: golden.deletingPathExtension().appendingPathExtension("rq"),
      to: folder.appending(path: "create.rq"))
    let result = try check([file])
    #expect(result.status == 1 && result.output.contains(problem), "\(result.output)")
  }

  @Test func ontologyDefinesEveryTermOfTheDocuments() throws {
    let text = try String(contentsOf: Self.ontology, encoding: .utf8)
    let defined = Set(
      text.split(separator: "\n").compactMap { line -> Substring? in
        let words = line.split(separator: " ")
        return words.count > 2 && words[1] == "a" ? words[0] : nil
      })
    var used: Set<Substring> = []
    for document in try GoldenTests.documents() {
      let json = try JSONValue(parsing: Data(contentsOf: document))
      collect(json["@graph"] ?? .null, into: &used)
    }
    let roles = Role.allCases.map { Substring($0.term) }
    let kinds = Content.Kind.allCases.map { Substring($0.term) }
    #expect(used.count > 80)
    #expect(used.union(roles).union(kinds).subtracting(defined) == [])
  }

  /// The compact IRIs of members, classes, roles and outcomes.
  private func collect(_ value: JSONValue, into used: inout Set<Substring>) {
    for element in value.array ?? [] { collect(element, into: &used) }
    for (name, member) in value.object ?? [:] {
      if !name.hasPrefix("@") { used.insert(name[...]) }
      if ["@type", "ca:outcome", "prov:hadRole"].contains(name) {
        for text in member.strings ?? [member.string].compactMap(\.self) { used.insert(text[...]) }
      }
      collect(member, into: &used)
    }
  }
}
