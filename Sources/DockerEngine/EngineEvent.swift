import Canonical

/// Something that an engine did.
///
/// Source: Engine API 1.41, GET /events.
public struct EngineEvent: Sendable, Hashable {
  /// The engine's whole message.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  /// `container`, `image`, `volume`, `network` …
  public var type: String { json["Type"]?.string ?? "" }

  /// `create`, `start`, `die`, `tag` …
  public var action: String { json["Action"]?.string ?? "" }

  /// The id of what it happened to.
  public var actor: String { json["Actor"]?["ID"]?.string ?? "" }

  /// The attributes, with the labels of a container among them.
  public subscript(_ attribute: String) -> String? {
    json["Actor"]?["Attributes"]?[attribute]?.string
  }

  /// When, by the engine's clock.
  public var time: Timestamp {
    Timestamp(millisecondsSince1970: (json["timeNano"]?.integer ?? 0) / 1_000_000)
  }
}
