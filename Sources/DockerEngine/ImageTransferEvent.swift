import Canonical

/// What a pull or a push tells while it runs.
public enum ImageTransferEvent: Sendable, Hashable {
  /// The state of one layer, with how many bytes of how many where that is known.
  case layer(id: String, status: String, current: Int64?, total: Int64?)

  /// Something about the whole; the id is the tag that is pulled.
  case message(id: String?, status: String)

  /// The digest of the manifest that was pulled, `sha256:…`.
  case digest(String)

  /// A tag that the registry has now.
  case pushed(PushedImage)

  /// Source: Engine API 1.41, CreateImageInfo and PushImageInfo.
  public init?(json: JSONValue) {
    if let pushed = PushedImage(json: json) {
      self = .pushed(pushed)
      return
    }
    guard let status = json["status"]?.string else { return nil }
    if let digest = Self.digest(status) {
      self = .digest(digest)
    } else if let id = json["id"]?.string, let detail = json["progressDetail"] {
      self = .layer(
        id: id, status: status, current: detail["current"]?.integer,
        total: detail["total"]?.integer)
    } else {
      self = .message(id: json["id"]?.string, status: status)
    }
  }

  /// A pull tells its digest in words only.
  private static func digest(_ status: String) -> String? {
    let label = "Digest: "
    guard status.hasPrefix(label) else { return nil }
    let digest = String(status.dropFirst(label.count))
    return SHA256Digest(digest) == nil ? nil : digest
  }
}

/// A tag that was pushed, and what it stands for in the registry now.
public struct PushedImage: Sendable, Hashable {
  public var tag: String

  /// The digest of the manifest, `sha256:…`.
  public var digest: String

  public init(tag: String, digest: String) {
    self.tag = tag
    self.digest = digest
  }

  init?(json: JSONValue) {
    guard let tag = json["aux"]?["Tag"]?.string, let digest = json["aux"]?["Digest"]?.string
    else { return nil }
    self.init(tag: tag, digest: digest)
  }
}
