import Canonical

/// One line of the list of containers.
///
/// Source: Engine API 1.41, GET /containers/json.
public struct ContainerSummary: Sendable, Hashable {
  /// The engine's whole entry.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  public var id: String { json["Id"]?.string ?? "" }

  /// The names, without the slash that the engine puts before them.
  public var names: [String] {
    (json["Names"]?.strings ?? []).map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
  }

  public var image: String { json["Image"]?.string ?? "" }
  public var imageID: String { json["ImageID"]?.string ?? "" }
  public var command: String { json["Command"]?.string ?? "" }

  /// When it was created, in whole seconds.
  public var createdAt: Timestamp {
    Timestamp(millisecondsSince1970: (json["Created"]?.integer ?? 0) * 1000)
  }

  /// `running`, `exited` …
  public var state: String { json["State"]?.string ?? "" }

  /// The state in words: `Up 3 minutes`.
  public var status: String { json["Status"]?.string ?? "" }

  /// The bytes of its files that are not its image's, 0 where nobody asked for them.
  public var byteCount: Int64 { json["SizeRw"]?.integer ?? 0 }

  /// The bytes of all its files, its image's too, 0 where nobody asked for them.
  public var byteCountWithImage: Int64 { json["SizeRootFs"]?.integer ?? 0 }

  /// The ports as docker prints them: `0.0.0.0:8080->80/tcp`.
  public var ports: [String] {
    (json["Ports"]?.array ?? []).map { port in
      let inside = "\(port["PrivatePort"]?.integer ?? 0)/\(port["Type"]?.string ?? "tcp")"
      guard let outside = port["PublicPort"]?.integer else { return inside }
      return "\(port["IP"]?.string ?? ""):\(outside)->\(inside)"
    }
  }
}
