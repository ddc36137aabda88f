import Canonical
import Foundation
import Provenance
import SystemPackage
import TestSupport
import Testing

@testable import DockerEngine
@testable import SmartContainers

/// One golden record of each operation: `NAME.json` is what a recorder knew of a real one,
/// `NAME.jsonld` the document that it makes of that, and `NAME.rq` asks what the document must say.
enum OperationGoldens {
  static let folder = Project.root.pushing("Tests/ProvenanceTests/Golden/operations")

  /// Whether the documents are written anew, and what is missing is captured.
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

  /// Every operation that becomes a commit of its own.
  static var recorded: Set<String> {
    Set(RouteTable.routes.filter(\.isRecorded).map(\.operation))
      .union(CompositeOperation.allCases.map(\.rawValue))
  }

  /// The names of the files with that ending, without it.
  static func names(ending suffix: String) throws -> Set<String> {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.string)
    return Set(files.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) })
  }

  static func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: folder.appending(file).string)))
  }

  static func write(_ bytes: [UInt8], to file: String) throws {
    try Data(bytes).write(to: URL(filePath: folder.appending(file).string))
  }
}

struct OperationGoldenTests {
  @Test func everyRecordedOperationHasAGolden() throws {
    let recorded = OperationGoldens.recorded
    #expect(recorded.count > 30 && recorded.isSuperset(of: ["run", "exec"]))
    for suffix in [".json", ".jsonld", ".rq"] {
      #expect(try OperationGoldens.names(ending: suffix) == recorded, "\(suffix)")
    }
  }

  /// Rewritten when `UPDATE_GOLDEN` is set; what changed is then for the reviewer to see.
  @Test func everyDocumentIsGoldenByteForByte() throws {
    for name in try OperationGoldens.names(ending: ".json") {
      let captured = try CapturedOperation(
        json: JSONValue(parsing: OperationGoldens.bytes(name + ".json")))
      if OperationGoldens.isUpdating {
        try OperationGoldens.write(captured.document, to: name + ".jsonld")
      }
      let golden = try OperationGoldens.bytes(name + ".jsonld")
      #expect(
        String(decoding: captured.document, as: UTF8.self)
          == String(decoding: golden, as: UTF8.self),
        "\(name)")
      #expect(try ActivityDocument(parsing: golden).operation == name)
    }
  }
}
