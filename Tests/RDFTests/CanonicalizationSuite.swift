import Foundation
import Testing

@testable import RDF

/// The test suite of RDF Dataset Canonicalization 1.0, which is beside the project where it is.
enum CanonicalizationSuite {
  /// A case of the suite's manifest.
  struct Case {
    let id: String
    let type: String
    let action: String
    let result: String?
    let algorithm: HashAlgorithm
  }

  /// The folder of the suite; nil when it is not there.
  static let folder: URL? = {
    var root = URL(filePath: #filePath)
    while root.path != "/" {
      root.deleteLastPathComponent()
      let folder = root.deletingLastPathComponent()
        .appending(path: "shared/suites/rdf-canon/tests")
      if FileManager.default.fileExists(atPath: folder.path) { return folder }
    }
    return nil
  }()

  static func bytes(of path: String) throws -> [UInt8] {
    let folder = try #require(folder)
    return Array(try Data(contentsOf: folder.appending(path: path)))
  }

  static func cases() throws -> [Case] {
    let manifest = try JSONSerialization.jsonObject(
      with: Data(try bytes(of: "manifest.jsonld")))
    let entries = try #require((manifest as? [String: Any])?["entries"] as? [[String: Any]])
    return try entries.map { entry in
      Case(
        id: try #require(entry["id"] as? String), type: try #require(entry["type"] as? String),
        action: try #require(entry["action"] as? String), result: entry["result"] as? String,
        algorithm: try #require(
          HashAlgorithm(rawValue: entry["hashAlgorithm"] as? String ?? "SHA256")))
    }
  }
}
