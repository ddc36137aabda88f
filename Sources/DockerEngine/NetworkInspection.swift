import Canonical

/// A network's configuration, and who is in it.
///
/// Source: Engine API 1.41, GET /networks/{id}.
public struct NetworkInspection: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  /// The full id, 64 hexadecimal digits.
  public var id: String { json["Id"]?.string ?? "" }
  public var name: String { json["Name"]?.string ?? "" }

  /// `bridge`, `host`, `overlay` …
  public var driver: String { json["Driver"]?.string ?? "" }

  /// `local`, `global` or `swarm`.
  public var scope: String { json["Scope"]?.string ?? "" }
  public var isInternal: Bool { json["Internal"]?.bool ?? false }
  public var isAttachable: Bool { json["Attachable"]?.bool ?? false }
  public var enablesIPv6: Bool { json["EnableIPv6"]?.bool ?? false }

  /// The address ranges, in CIDR form.
  public var subnets: [String] {
    (json["IPAM"]?["Config"]?.array ?? []).compactMap { $0["Subnet"]?.string }
  }

  /// The ids of the containers that run in it; a list of networks does not tell them.
  public var containerIDs: [String] { (json["Containers"]?.object ?? [:]).keys.sorted() }
  public var labels: [String: String] {
    (json["Labels"]?.object ?? [:]).compactMapValues(\.string)
  }
  public var createdAt: Timestamp? { json["Created"]?.string.flatMap { Timestamp($0) } }
}

/// What an engine says of a network that it created.
public struct CreatedNetwork: Sendable, Hashable {
  /// The full id, 64 hexadecimal digits.
  public let id: String

  /// What the engine thinks unwise; nil for nothing.
  public let warning: String?
}
