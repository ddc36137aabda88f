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
}
