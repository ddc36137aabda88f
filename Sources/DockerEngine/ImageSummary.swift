import Canonical

/// One entry of the list of images.
///
/// Source: Engine API 1.41, GET /images/json.
public struct ImageSummary: Sendable, Hashable {
  /// The engine's whole entry.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  public var id: String { json["Id"]?.string ?? "" }
  public var tags: [String] { (json["RepoTags"]?.strings ?? []).filter { $0 != "<none>:<none>" } }
  public var repositoryDigests: [String] {
    (json["RepoDigests"]?.strings ?? []).filter { $0 != "<none>@<none>" }
  }
  public var sizeInBytes: Int64 { json["Size"]?.integer ?? 0 }

  /// When it was created, in whole seconds.
  public var createdAt: Timestamp {
    Timestamp(millisecondsSince1970: (json["Created"]?.integer ?? 0) * 1000)
  }
}
