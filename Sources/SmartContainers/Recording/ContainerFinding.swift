import Canonical
import DockerEngine
import Provenance

/// What an engine said of a container at one moment, without secrets.
struct ContainerFinding: Sendable, Hashable {
  var id: String
  var name: String
  var imageID: String
  var imageName: String
  var status: String
  var startedAt: Timestamp?
  var finishedAt: Timestamp?
  var exitCode: Int

  /// The activity that created it, when `sc` did.
  var creator: ActivityID?

  /// The volumes in it that nobody gave a name.
  var anonymousVolumes: [String] = []

  /// The redacted configuration; nil where only the identity is known.
  var snapshot: JSONValue?

  /// The label under which a container carries the id of the activity that created it.
  static let label = "smartcontainers.activity"

  /// The name of the container that an activity makes for itself and removes again.
  static func transientName(for activity: ActivityID) -> String { transientPrefix + "\(activity)" }

  /// Whether that is the name of such a container: no other ever has the same.
  static func isTransient(name: String) -> Bool {
    name.hasPrefix(transientPrefix)
      && ActivityID(String(name.dropFirst(transientPrefix.count))) != nil
  }

  private static let transientPrefix = "smartcontainers-"

  init(_ inspection: ContainerInspection, redactor: inout Redactor) {
    id = inspection.id
    name = inspection.name
    imageID = inspection.imageID
    imageName = inspection.imageName
    status = inspection.status
    startedAt = inspection.startedAt
    finishedAt = inspection.finishedAt
    exitCode = inspection.exitCode
    creator = inspection.labels[Self.label].flatMap { ActivityID($0) }
    anonymousVolumes = Self.anonymousVolumes(inspection.json)
    snapshot = Snapshot.container(
      inspection: Self.withoutLabel(inspection.json), redactor: &redactor)
  }

  /// An engine makes up such a name: 64 hexadecimal digits.
  private static func anonymousVolumes(_ inspection: JSONValue) -> [String] {
    (inspection["Mounts"]?.array ?? []).compactMap { mount in
      guard mount["Type"]?.string == "volume", let name = mount["Name"]?.string else { return nil }
      return SHA256Digest("sha256:" + name) == nil ? nil : name
    }
  }

  private static func withoutLabel(_ inspection: JSONValue) -> JSONValue {
    guard var members = inspection.object else { return inspection }
    members["Config"] = members["Config"]?.withoutActivityLabel
    return .object(members)
  }

  /// The container as a PROV entity.
  func entity(on engine: String?) -> Container {
    Container(id: id, name: name, engine: engine)
  }
}

extension ContainerFinding: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id)), ("name", .string(name)), ("imageID", .string(imageID)),
      ("imageName", .string(imageName)), ("status", .string(status)),
      ("startedAt", startedAt.map { .string($0.description) }),
      ("finishedAt", finishedAt.map { .string($0.description) }),
      ("exitCode", .integer(Int64(exitCode))),
      ("creator", creator.map { .string($0.description) }), ("snapshot", snapshot),
      (
        "anonymousVolumes",
        anonymousVolumes.isEmpty ? nil : JournalObject.strings(anonymousVolumes)
      ),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    id = try json.text("id")
    name = try json.text("name")
    imageID = try json.text("imageID")
    imageName = try json.text("imageName")
    status = try json.text("status")
    startedAt = json["startedAt"]?.string.flatMap { Timestamp($0) }
    finishedAt = json["finishedAt"]?.string.flatMap { Timestamp($0) }
    exitCode = Int(json["exitCode"]?.integer ?? 0)
    creator = json["creator"]?.string.flatMap { ActivityID($0) }
    anonymousVolumes = json["anonymousVolumes"]?.strings ?? []
    snapshot = json["snapshot"]
  }
}
