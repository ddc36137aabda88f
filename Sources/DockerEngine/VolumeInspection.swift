import Canonical

/// A volume's configuration, and where the engine keeps it.
///
/// Source: Engine API 1.41, GET /volumes/{name}.
public struct VolumeInspection: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  public var name: String { json["Name"]?.string ?? "" }

  /// `local`, or the name of a plugin.
  public var driver: String { json["Driver"]?.string ?? "" }

  /// The folder on the engine's host.
  public var mountPoint: String { json["Mountpoint"]?.string ?? "" }

  /// `local` for one of this engine, `global` for one of its cluster.
  public var scope: String { json["Scope"]?.string ?? "" }
  public var labels: [String: String] {
    (json["Labels"]?.object ?? [:]).compactMapValues(\.string)
  }

  /// The driver's options.
  public var options: [String: String] {
    (json["Options"]?.object ?? [:]).compactMapValues(\.string)
  }

  /// When it was created; nil where the driver does not tell.
  public var createdAt: Timestamp? { json["CreatedAt"]?.string.flatMap { Timestamp($0) } }
}

/// What a volume is to be.
public struct VolumeSpecification: Sendable, Hashable {
  /// Nil lets the engine choose.
  public var name: String?

  /// Nil for `local`.
  public var driver: String?

  /// The driver's options: `["type": "tmpfs", "device": "tmpfs"]`.
  public var options: [String: String] = [:]
  public var labels: [String: String] = [:]

  public init(name: String? = nil) { self.name = name }

  /// The body of the request.
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["Name"] = name.map { .string($0) }
    members["Driver"] = driver.map { .string($0) }
    if !options.isEmpty { members["DriverOpts"] = .object(options.mapValues { .string($0) }) }
    if !labels.isEmpty { members["Labels"] = .object(labels.mapValues { .string($0) }) }
    return .object(members)
  }
}
