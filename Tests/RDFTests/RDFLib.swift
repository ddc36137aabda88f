import Foundation
import TestSupport
import Testing

@testable import RDF

/// Another implementation, which reads what ours writes: rdflib, by the Python that the environment
/// variable RDF_PYTHON names.
enum RDFLib {
  static let python = ProcessInfo.processInfo.environment["RDF_PYTHON"]

  /// Reads documents and writes each as N-Quads beside itself.
  private static let script = """
    import sys, logging, rdflib
    logging.disable()
    rdflib.NORMALIZE_LITERALS = False
    for path in sys.argv[2:]:
      dataset = rdflib.Dataset()
      dataset.parse(path, format=sys.argv[1])
      open(path + ".nq", "wb").write(dataset.serialize(format="nquads").encode())
    """

  /// What rdflib makes of the documents.
  static func datasets(of documents: [[UInt8]], format: String) async throws -> [Dataset] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rdf-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = documents.indices.map { folder.appending(path: "\($0)") }
    for (file, document) in zip(files, documents) { try Data(document).write(to: file) }
    try await Command.check(
      [try #require(python), "-c", script, format] + files.map(\.path))
    return try files.map { file in
      try Dataset(nQuads: Array(try Data(contentsOf: file.appendingPathExtension("nq"))))
    }
  }
}
