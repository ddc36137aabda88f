import Canonical

/// A container or an image with its configuration at one moment.
public struct Configured: Sendable, Hashable {
  /// What people call it: `web (8a61192da2b3)`.
  public let title: String

  /// The path of the snapshot in the history.
  public let path: String

  /// The normalized configuration, secrets redacted.
  public let configuration: JSONValue
}
