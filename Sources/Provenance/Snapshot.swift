import Canonical

/// The normalized configuration of a container, image, network or volume: two snapshots differ only
/// where somebody changed something.
package enum Snapshot {
  /// The path of a container's snapshot in the history: `containers/8a/<full id>.json`.
  package static func path(container id: String) -> String {
    path("containers", id)
  }

  /// The path of an image's snapshot in the history: `images/5d/<digest>.json`.
  package static func path(image digest: SHA256Digest) -> String {
    path("images", digest.hexadecimal)
  }

  /// The path of a volume's snapshot in the history: `volumes/<engine id>/<name>.json`.
  package static func path(volume: Volume) -> String {
    "volumes/\(segment(volume.engine))/\(segment(volume.name)).json"
  }

  static func path(_ folder: String, _ id: String) -> String {
    let id = segment(id)
    return "\(folder)/\(id.prefix(2))/\(id).json"
  }

  /// The text as one segment of a path that git and every file system accept.
  private static func segment(_ text: String) -> String {
    let encoded = IRI.encoded(text)
    return encoded.hasPrefix(".") ? "%2E" + encoded.dropFirst() : encoded
  }

  /// A volume's configuration. Source: Engine API, GET /volumes/{name}.
  ///
  /// Without the mount point, usage and creation time, which are the engine's.
  package static func volume(
    inspection: JSONValue, redactor: inout Redactor
  ) -> JSONValue {
    let kept = pick(["Name", "Driver", "Labels", "Options", "Scope"], from: inspection)
    return redactor.redact(json: Normalization.pruned(kept))
  }

  static func pick(_ names: [String], from value: JSONValue?) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for name in names { members[name] = value?[name] }
    return .object(members)
  }
}
