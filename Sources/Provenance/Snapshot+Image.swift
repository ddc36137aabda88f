import Canonical

extension Snapshot {
  /// The members of an image's configuration that the image format defines; engines add others
  /// by version and store.
  private static let imageConfiguration = [
    "ArgsEscaped", "Cmd", "Entrypoint", "Env", "ExposedPorts", "Healthcheck", "Labels", "OnBuild",
    "Shell", "StopSignal", "User", "Volumes", "WorkingDir",
  ]

  /// What an image's configuration digest determines, in the same bytes on every host and for
  /// every store. Source: Engine API, GET /images/{name}/json.
  ///
  /// Secrets are therefore replaced by a mark without a key; the digest in the snapshot's path
  /// already tells whether one changed.
  package static func image(inspection: JSONValue) -> JSONValue {
    var members =
      pick(["Architecture", "Author", "Created", "Os", "OsVersion", "Variant"], from: inspection)
      .object ?? [:]
    // Go's zero time, which the classic store writes where an image has none.
    if members["Created"]?.string?.hasPrefix("0001-01-01T00:00:00") == true {
      members["Created"] = nil
    }
    members["Config"] = pick(imageConfiguration, from: inspection["Config"])
    members["RootFS"] = pick(["Layers", "Type"], from: inspection["RootFS"])
    var redactor = Redactor.unkeyed
    return redactor.redact(json: Normalization.pruned(.object(members)))
  }
}
