import Canonical

/// One step of an image's making.
///
/// Source: Engine API 1.41, GET /images/{name}/history.
public struct ImageStep: Sendable, Hashable {
  /// The engine's whole entry.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  /// The image after the step; nil where the engine does not have it.
  public var id: String? {
    json["Id"]?.string.flatMap { $0.isEmpty || $0 == "<missing>" ? nil : $0 }
  }

  /// The instruction: `/bin/sh -c echo`.
  public var createdBy: String { json["CreatedBy"]?.string ?? "" }
  public var comment: String { json["Comment"]?.string ?? "" }
  public var tags: [String] { json["Tags"]?.strings ?? [] }

  /// The size of the layer in bytes; 0 for a step that left none.
  public var sizeInBytes: Int64 { json["Size"]?.integer ?? 0 }

  /// When, in whole seconds.
  public var createdAt: Timestamp {
    Timestamp(millisecondsSince1970: (json["Created"]?.integer ?? 0) * 1000)
  }
}
