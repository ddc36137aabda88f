import Canonical
import HTTP

/// How an engine speaks the Docker Engine API: dockerd's own way, or with differences.
///
/// The one place that knows products apart. Requests are put, and answers are read, as if every
/// engine were dockerd: the client and the recorder ask this for what is different.
public struct EngineDialect: Sendable, Hashable {
  /// The product: `dockerd`, `podman`.
  public let product: String

  /// How it is unlike dockerd.
  public let differences: Set<EngineDifference>

  /// The way of dockerd.
  public static let dockerd = EngineDialect(product: "dockerd", differences: [])

  /// The way of podman's service, as of 4.3.
  public static let podman = EngineDialect(
    product: "podman", differences: Set(EngineDifference.allCases))

  /// Whether the engine differs so.
  public func has(_ difference: EngineDifference) -> Bool { differences.contains(difference) }

  /// The way of the engine that greets with such header fields.
  ///
  /// Source: podman, pkg/api/handlers/compat/ping.go.
  static func of(greeting headers: HTTPHeaders) -> EngineDialect {
    headers["Libpod-Api-Version"] == nil ? .dockerd : .podman
  }

  /// The way of the engine that describes itself so.
  ///
  /// Source: podman, pkg/api/handlers/compat/info.go.
  static func of(info: JSONValue) -> EngineDialect {
    info["BuildahVersion"] == nil ? .dockerd : .podman
  }

  /// The way of the product of that name; dockerd's for any other.
  package static func of(product: String) -> EngineDialect {
    product == podman.product ? .podman : .dockerd
  }

  /// A name of an image as dockerd tells it: without the public hub's host.
  ///
  /// Source: distribution/reference, FamiliarString.
  package static func familiar(_ name: String) -> String {
    for prefix in ["docker.io/library/", "docker.io/"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }
}

extension EngineDialect {
  /// The operations of which an event tells that they happened, and to what.
  private static let announcedByPodman: Set<String> = [
    "container.create", "container.start", "container.restart", "container.kill",
    "container.rename", "container.remove", "image.tag", "image.remove", "image.save",
    "volume.create", "volume.remove",
  ]

  /// Whether the absence of an operation's event shows that it did not happen.
  package func announces(_ operation: String) -> Bool {
    !has(.silentOperations) || Self.announcedByPodman.contains(operation)
  }

  /// The engine's own identifier, which is the same as long as its data folder is.
  ///
  /// Podman makes a new one up for each answer; the name of its machine and its data folder are
  /// what stays.
  func identity(in info: JSONValue) -> String? {
    guard has(.noIdentity) else { return info["ID"]?.string }
    guard let host = info["Name"]?.string, let folder = info["DockerRootDir"]?.string else {
      return nil
    }
    let digest = SHA256Digest(of: "\(product)\u{0}\(host)\u{0}\(folder)".utf8)
    return "\(product)-\(digest.hexadecimal.prefix(32))"
  }
}
