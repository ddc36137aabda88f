import Canonical

/// An image's configuration and layers.
///
/// Source: Engine API 1.41, GET /images/{name}/json.
public struct ImageInspection: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  /// The image's id on this engine: the config digest of the classic store.
  public var id: String { json["Id"]?.string ?? "" }

  /// The names that it has here: `busybox:1.36`.
  public var tags: [String] { json["RepoTags"]?.strings ?? [] }

  /// The manifest digests under which registries know it: `busybox@sha256:…`.
  public var repositoryDigests: [String] { json["RepoDigests"]?.strings ?? [] }

  /// The digests of the uncompressed layers, base first.
  public var layers: [String] { json["RootFS"]?["Layers"]?.strings ?? [] }
  public var architecture: String { json["Architecture"]?.string ?? "" }
  public var operatingSystem: String { json["Os"]?.string ?? "" }

  /// The size of all layers in bytes, uncompressed.
  public var sizeInBytes: Int64 { json["Size"]?.integer ?? 0 }
  public var createdAt: Timestamp? { json["Created"]?.string.flatMap { Timestamp($0) } }

  /// The id of the container that it was committed from, where the engine still says so.
  public var containerID: String? {
    json["Container"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The image that it was built or committed on, on the same engine.
  public var parentID: String? {
    json["Parent"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
  public var labels: [String: String] {
    (json["Config"]?["Labels"]?.object ?? [:]).compactMapValues(\.string)
  }
}
