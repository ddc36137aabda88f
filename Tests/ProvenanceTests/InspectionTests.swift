import Canonical
import Foundation
import Testing

@testable import Provenance

/// Snapshots of what a real engine (20.10.24, API 1.41) said of one container, one image and one
/// volume; `Inspections` holds its answers.
@Suite struct InspectionTests {
  private static let folder = GoldenTests.folder.deletingLastPathComponent()
    .appending(path: "Inspections")

  private func inspection(_ name: String) throws -> JSONValue {
    try JSONValue(parsing: Data(contentsOf: Self.folder.appending(path: name + ".json")))
  }

  private func container(_ name: String) throws -> JSONValue {
    var redactor = Redactor(key: Fixture.key)
    return Snapshot.container(inspection: try inspection(name), redactor: &redactor)
  }

  private func check(_ snapshot: JSONValue, isGolden name: String) throws {
    let file = GoldenTests.folder.appending(path: name + ".json")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(snapshot.bytes(.pretty)).write(to: file)
    }
    let golden = try Data(contentsOf: file)
    #expect(snapshot.text(.pretty) == String(decoding: golden, as: UTF8.self))
  }

  @Test(arguments: ["running", "stopped", "restarted"])
  func runningDoesNotChangeTheSnapshot(name: String) throws {
    #expect(try inspection(name) != inspection("created"))
    #expect(try container(name).text(.pretty) == container("created").text(.pretty))
  }

  @Test func renamingChangesTheName() throws {
    let changes = ConfigurationDiff.compare(try container("restarted"), try container("renamed"))
    #expect(changes == [FieldChange(field: "name", kind: .changed, old: "web", new: "shop")])
  }

  @Test func taggingDoesNotChangeTheSnapshot() throws {
    #expect(try inspection("image") != inspection("image-tagged"))
    #expect(
      Snapshot.image(inspection: try inspection("image"))
        == Snapshot.image(inspection: try inspection("image-tagged")))
  }

  @Test func snapshotsAreGoldenByteForByte() throws {
    try check(container("created"), isGolden: "snapshot-container")
    try check(Snapshot.image(inspection: inspection("image")), isGolden: "snapshot-image")
    var redactor = Redactor(key: Fixture.key)
    try check(
      Snapshot.volume(inspection: inspection("volume"), redactor: &redactor),
      isGolden: "snapshot-volume")
  }

  @Test func noSecretIsInASnapshot() throws {
    #expect(try inspection("created").text().contains("hunter2"))
    #expect(try !container("created").text().contains("hunter2"))
    #expect(try !Snapshot.image(inspection: inspection("image")).text().contains("hunter2"))
  }

  @Test func containerDiffersFromItsImageInWhatWasGivenAtCreation() throws {
    let changes = ConfigurationDiff.compare(
      Snapshot.image(inspection: try inspection("image")), try container("created"))
    #expect(
      changes.map { "\($0.kind) \($0.field)" } == [
        "changed command", "added environment.A", "notComparable environment.API_TOKEN",
        "added environment.B", "added environment.PASSWORD", "added exposedPorts.80/tcp",
        "added healthcheck.test", "added labels.empty",
      ])
  }
}
