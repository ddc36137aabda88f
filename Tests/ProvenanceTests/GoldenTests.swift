import Canonical
import Foundation
import Testing

@testable import Provenance

@Suite struct GoldenTests {
  /// The folder of the golden documents, in the sources.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// Every golden document: those of the fixture, and one of each recorded operation, which the
  /// recorder's own tests compare with what it makes (`OperationGoldenTests`).
  static func documents() throws -> [URL] {
    try [folder, folder.appending(path: "operations")].flatMap { folder in
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "jsonld" }
    }.sorted { $0.path < $1.path }
  }

  /// Rewritten when `UPDATE_GOLDEN` is set; what changed is then for the reviewer to see.
  @Test(arguments: Fixture.activities.keys.sorted())
  func documentIsGoldenByteForByte(name: String) throws {
    let activity = try #require(Fixture.activities[name])
    let file = Self.folder.appending(path: name + ".jsonld")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(activity.document()).write(to: file)
    }
    let golden = try Data(contentsOf: file)
    #expect(
      String(decoding: activity.document(), as: UTF8.self)
        == String(decoding: golden, as: UTF8.self))
  }

  @Test func everyGoldenIsTheDocumentOfAnActivity() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let names = files.filter { $0.hasSuffix(".jsonld") }.map { String($0.dropLast(7)) }
    #expect(names.sorted() == Fixture.activities.keys.sorted())
  }

  @Test func pathIsByTheHourOfTheStart() {
    #expect(
      Fixture.create.path
        == "activities/2026/11/23/19/01939e2b-7c00-7000-8000-000000000001.jsonld")
  }

  @Test func namesDigestsAsRFC6920Does() {
    // The example of RFC 6920, 8.1: "Hello World!".
    let iri = IRI.named(by: SHA256Digest(of: "Hello World!".utf8))
    #expect(iri == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")
    #expect(IRI.digest(of: iri) == SHA256Digest(of: "Hello World!".utf8))
    #expect(IRI.digest(of: "ni:///sha-256;!") == nil)
  }

  @Test func personWithoutORCIDIsTheSameForTheSameAddress() {
    let one = Person(name: "A", email: " Ann@Example.ORG ")
    let other = Person(name: "Ann", email: "ann@example.org")
    #expect(one.iri == other.iri)
    #expect(!one.iri.contains("ann@") && one.iri.hasPrefix(Namespace.sc.rawValue))
  }
}
