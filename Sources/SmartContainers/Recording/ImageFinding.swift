import Canonical
import DockerEngine
import Provenance

/// What an engine said of an image at one moment.
struct ImageFinding: Sendable, Hashable {
  /// The id on that engine, `sha256:…`.
  var id: String
  var tags: [String]
  var repositoryDigests: [String]
  var layers: [String]
  var sizeInBytes: Int64
  var operatingSystem: String
  var architecture: String
  var parentID: String?

  /// The container that it was committed from, where the engine says so.
  var containerID: String?

  /// What the configuration's digest determines.
  var snapshot: JSONValue?

  init(_ inspection: ImageInspection) {
    id = inspection.id
    tags = inspection.tags
    repositoryDigests = inspection.repositoryDigests
    layers = inspection.layers
    sizeInBytes = inspection.sizeInBytes
    operatingSystem = inspection.operatingSystem
    architecture = inspection.architecture
    parentID = inspection.parentID
    containerID = inspection.containerID
    snapshot = Snapshot.image(inspection: inspection.json)
  }

  /// The image as a PROV entity; nil when its id is no digest.
  func entity(name: String? = nil) -> Image? {
    guard let digest = SHA256Digest(id) else { return nil }
    // A repository digest is the manifest's. The id is the configuration's digest, except on
    // an engine with the containerd store, where it is the manifest's or the index's.
    let manifests = repositoryDigests.compactMap { reference in
      reference.split(separator: "@").last.flatMap { SHA256Digest(String($0)) }
    }
    let isManifestID = manifests.contains(digest)
    return Image(
      id: digest, configDigest: isManifestID ? nil : digest,
      manifestDigest: isManifestID ? digest : manifests.first,
      repositoryDigests: repositoryDigests.sorted(), layers: layers.compactMap { SHA256Digest($0) },
      sizeInBytes: sizeInBytes, operatingSystem: operatingSystem, architecture: architecture,
      name: name ?? tags.min())
  }
}

extension ImageFinding: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id)), ("tags", JournalObject.strings(tags)),
      ("repositoryDigests", JournalObject.strings(repositoryDigests)),
      ("layers", JournalObject.strings(layers)), ("sizeInBytes", .integer(sizeInBytes)),
      ("operatingSystem", .string(operatingSystem)), ("architecture", .string(architecture)),
      ("parentID", parentID.map { .string($0) }), ("containerID", containerID.map { .string($0) }),
      ("snapshot", snapshot),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    id = try json.text("id")
    tags = json["tags"]?.strings ?? []
    repositoryDigests = json["repositoryDigests"]?.strings ?? []
    layers = json["layers"]?.strings ?? []
    sizeInBytes = json["sizeInBytes"]?.integer ?? 0
    operatingSystem = try json.text("operatingSystem")
    architecture = try json.text("architecture")
    parentID = json["parentID"]?.string
    containerID = json["containerID"]?.string
    snapshot = json["snapshot"]
  }
}
