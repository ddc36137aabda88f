import Canonical

/// What the engine says of one path in a container's file system.
///
/// Source: Engine API 1.41, HEAD and GET /containers/{id}/archive, the header
/// `X-Docker-Container-Path-Stat`: base64 of JSON.
public struct PathStat: Sendable, Hashable {
  /// The last part of the path.
  public let name: String
  public let sizeInBytes: Int64

  /// Go's FileMode: permissions in the low bits, and kinds in bits of its own.
  public let mode: UInt32

  /// The last change, as RFC 3339.
  public let modifiedAt: String

  /// Where a symbolic link leads; empty for anything else.
  public let linkTarget: String

  public var isFolder: Bool { mode & 1 << 31 != 0 }
  public var isSymbolicLink: Bool { mode & 1 << 27 != 0 }

  /// Permission bits as chmod(2) has them.
  public var permissions: UInt32 { mode & 0o777 }

  /// The value as the old client returned it.
  public let json: JSONValue

  init(header: String?) throws(EngineError) {
    guard let header, let bytes = Base64.decode(header), let json = try? JSONValue(parsing: bytes)
    else {
      throw EngineError(
        .unexpectedAnswer, "the engine did not say what is at that path",
        operation: RouteTable.containerPathStat.operation)
    }
    self.json = json
    name = json["name"]?.string ?? ""
    sizeInBytes = json["size"]?.integer ?? 0
    mode = UInt32(truncatingIfNeeded: json["mode"]?.integer ?? 0)
    modifiedAt = json["mtime"]?.string ?? ""
    linkTarget = json["linkTarget"]?.string ?? ""
  }
}
