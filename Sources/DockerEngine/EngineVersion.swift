import Canonical

/// The versions of an engine.
///
/// Source: Engine API 1.41, GET /version.
public struct EngineVersion: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  /// The engine's own version, `20.10.24+dfsg1`.
  public var version: String? { json["Version"]?.string }

  /// The newest API that it speaks.
  public var apiVersion: APIVersion? { json["ApiVersion"]?.string.flatMap { APIVersion($0) } }

  /// The oldest API that it speaks.
  public var minimumAPIVersion: APIVersion? {
    json["MinAPIVersion"]?.string.flatMap { APIVersion($0) }
  }

  /// The product: `Podman Engine`, or the platform's name where the engine gives one.
  public var product: String {
    let components = json["Components"]?.array ?? []
    if components.contains(where: { $0["Name"]?.string == "Podman Engine" }) { return "podman" }
    return "dockerd"
  }

  /// `linux`, `windows`.
  public var operatingSystem: String? { json["Os"]?.string }

  /// The architecture in Go's words: `amd64`.
  public var architecture: String? { json["Arch"]?.string }

  /// The kernel's release.
  public var kernelVersion: String? { json["KernelVersion"]?.string }

  /// The revision that it was built from.
  public var revision: String? { json["GitCommit"]?.string }
}
