import Canonical
import DockerEngine
import Provenance

/// What an engine said of a volume at one moment, without secrets.
struct VolumeFinding: Sendable, Hashable {
  var name: String
  var driver: String?

  /// The redacted configuration; nil where only the identity is known.
  var snapshot: JSONValue?

  init(name: String, driver: String? = nil) {
    self.name = name
    self.driver = driver
  }

  init(_ inspection: VolumeInspection, redactor: inout Redactor) {
    name = inspection.name
    driver = inspection.driver
    snapshot = Snapshot.volume(
      inspection: inspection.json.withoutActivityLabel, redactor: &redactor)
  }

  /// The volume as a PROV entity.
  func entity(on engine: String) -> Volume { Volume(name: name, engine: engine, driver: driver) }
}

extension VolumeFinding: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("name", .string(name)), ("driver", driver.map { .string($0) }), ("snapshot", snapshot),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    name = try json.text("name")
    driver = json["driver"]?.string
    snapshot = json["snapshot"]
  }
}

extension EngineObserver {
  /// The volume now; nil when there is none or the engine does not answer. The redactor
  /// remembers the secrets that the volume has.
  nonisolated func volume(_ name: String, redactor: inout Redactor) async -> VolumeFinding? {
    guard let inspection = try? await engine.inspectVolume(name) else { return nil }
    return VolumeFinding(inspection, redactor: &redactor)
  }
}

extension JSONValue {
  /// The object without the label that tells activities apart, not configurations: two things
  /// that were created alike have equal snapshots.
  var withoutActivityLabel: JSONValue {
    guard var members = object, var labels = members["Labels"]?.object else { return self }
    labels[ContainerFinding.label] = nil
    members["Labels"] = .object(labels)
    return .object(members)
  }
}
