import Canonical
import Provenance

/// A container or an image with its configuration at one moment.
public struct Configured: Sendable, Hashable {
  /// What people call it: `web (8a61192da2b3)`.
  public let title: String

  /// The path of the snapshot in the history.
  public let path: String

  /// The normalized configuration, secrets redacted.
  public let configuration: JSONValue
}

extension Configured {
  /// The fields of the configuration by name, `environment.MODE`, in their order.
  public var fields: [(name: String, value: JSONValue)] {
    ConfigurationDiff.compare([:], configuration).compactMap { change in
      change.new.map { (name: change.field, value: $0) }
    }
  }

  /// The fields with those that only images have: layers, the time of creation.
  var allFields: [(name: String, value: JSONValue)] {
    guard let layers = configuration["RootFS"] else { return fields }
    let nothing: JSONValue = layers == [:] ? [:] : ["RootFS": [:]]
    return ConfigurationDiff.compare(nothing, configuration).compactMap { change in
      change.new.map { (name: change.field, value: $0) }
    }
  }

  /// The fields without those that only say what an engine does when nobody says anything.
  public var notableFields: [(name: String, value: JSONValue)] {
    fields.filter { !isEngineDefault($0.name, $0.value) }
  }

  /// Source: moby, daemon/create_unix.go and oci/defaults.go, and docker's own flags.
  func isEngineDefault(_ name: String, _ value: JSONValue) -> Bool {
    switch name {
    case _ where name.hasPrefix("@"): true  // what makes a document of settings JSON-LD
    case "labels.smartcontainers.activity": true
    case "attachStderr", "attachStdout": value == true
    case "host.cgroupnsMode": value == "private" || value == "host"
    case "host.ipcMode": value == "private"
    case "host.logConfig.type": value == "json-file"
    case "host.networkMode": value == "default" || value == "bridge"
    case "host.runtime": value == "runc"
    case "limits.shmSize": value == 67_108_864
    case "networks.bridge": value == [:]
    case "platform": value == "linux"
    case "hostname": value.string.map { $0.utf8.count == 12 && path.contains("/" + $0) } ?? false
    // An engine's own lists grow from version to version; a user can only empty them.
    case "host.maskedPaths", "host.readonlyPaths": value.array?.isEmpty == false
    default: false
    }
  }
}
