import Canonical
import Foundation
import Testing

@testable import Provenance

/// What smart images say of themselves, and what `sc entry` tells.
@Suite struct SmartDocumentTests {
  static let folder = GoldenTests.folder.appending(path: "smart")

  static let goldens = ["entry", "statement"].map { folder.appending(path: $0 + ".jsonld") }

  private static let statement = SmartImage(
    activity: Fixture.id(50), operation: "infect", startedAt: Fixture.time(0),
    participants: Fixture.participants, source: .image(Fixture.base),
    history: Content(
      .file, digest: Fixture.digest("history"), byteCount: 7,
      path: "/SmartContainer/SCProv.jsonld"),
    entries: Content(
      .file, digest: Fixture.digest("entries"), byteCount: 8,
      path: "/SmartContainer/SCEntry.jsonld"))

  static let entries = EntryDocument(
    subject: Fixture.container.iri, name: "web",
    services: [
      EntryPoint.Service(
        port: 80, scheme: "http", path: "/", isDeclared: false, urls: ["http://localhost:8080/"]),
      EntryPoint.Service(port: 8443, scheme: "https", path: "/api", isDeclared: true),
    ],
    folders: [
      EntryPoint.DataFolder(
        path: "/data of mine", kind: .volume, source: "data",
        downloadURL: "http://localhost/v1.41/containers/web/archive?path=%2Fdata%20of%20mine",
        command: "sc container cp 'web:/data of mine' -",
        archive: Content(.archive, digest: Fixture.digest("archive"), byteCount: 1536)),
      EntryPoint.DataFolder(path: "/tmp", kind: .temporary, isWritable: false),
    ])

  private static let documents: [String: [UInt8]] = [
    "statement": statement.json.bytes(.pretty), "entry": entries.document(),
  ]

  /// Rewritten when `UPDATE_GOLDEN` is set; what changed is then for the reviewer to see.
  @Test(arguments: ["entry", "statement"])
  func documentIsGoldenByteForByte(name: String) throws {
    let document = try #require(Self.documents[name])
    let file = Self.folder.appending(path: name + ".jsonld")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(document).write(to: file)
    }
    #expect(
      String(decoding: document, as: UTF8.self)
        == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  /// An IRI that is none would be left out with all that is said of it.
  @Test func everyStatementOfTheEntriesIsRead() throws {
    let text = String(
      decoding: try LinkedDataWriter.text(
        ofExpanded: try LinkedDataReader().expanded(Self.entries.document()), .turtle),
      as: UTF8.self)
    for expected in [
      "dcat:distribution", "spdx:checksumValue", "dcat:endpointURL <http://localhost:8080/>",
      "/entry/folders/data%20of%20mine>", "ldp:contains", "hydra:totalItems 2",
    ] {
      #expect(text.contains(expected), "\(expected)")
    }
  }
}
