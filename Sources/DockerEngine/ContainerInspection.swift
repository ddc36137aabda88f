import Canonical

/// A container's configuration and state.
///
/// Source: Engine API 1.41, GET /containers/{id}/json.
public struct ContainerInspection: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  /// The full id, 64 hexadecimal digits.
  public var id: String { json["Id"]?.string ?? "" }

  /// The name, without the slash that the engine puts before it.
  public var name: String {
    let name = json["Name"]?.string ?? ""
    return name.hasPrefix("/") ? String(name.dropFirst()) : name
  }

  /// The id of the image that it was created from, `sha256:…`.
  public var imageID: String { json["Image"]?.string ?? "" }

  /// The image as the creator wrote it.
  public var imageName: String { json["Config"]?["Image"]?.string ?? "" }

  /// `created`, `running`, `paused`, `restarting`, `removing`, `exited`, `dead`.
  public var status: String { json["State"]?["Status"]?.string ?? "" }
  public var isRunning: Bool { json["State"]?["Running"]?.bool ?? false }

  /// The exit code of the last run.
  public var exitCode: Int { Int(json["State"]?["ExitCode"]?.integer ?? 0) }

  /// When it was last started; nil when never.
  public var startedAt: Timestamp? { time("StartedAt") }

  /// When it last ended; nil when never.
  public var finishedAt: Timestamp? { time("FinishedAt") }

  /// Whether its output is a terminal's, and so not framed.
  public var hasTerminal: Bool { json["Config"]?["Tty"]?.bool ?? false }

  /// Whether its standard input is open.
  public var opensStandardInput: Bool { json["Config"]?["OpenStdin"]?.bool ?? false }

  /// The storage driver that holds its file system: `overlay2`.
  public var storageDriver: String? { json["Driver"]?.string }
  public var labels: [String: String] {
    (json["Config"]?["Labels"]?.object ?? [:]).compactMapValues(\.string)
  }

  /// The engine writes year 1 for "never".
  private func time(_ name: String) -> Timestamp? {
    guard let time = json["State"]?[name]?.string.flatMap({ Timestamp($0) }),
      time.millisecondsSince1970 > 0
    else { return nil }
    return time
  }
}
