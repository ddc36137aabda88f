import Canonical

/// What an engine tells while it builds, pulls, pushes, loads or imports an image.
public enum ProgressEvent: Sendable, Hashable {
  /// Text for the user, with its line feeds.
  case output(String)

  /// The state of one layer, with how many bytes of how many where that is known.
  case layer(id: String, status: String, current: Int64?, total: Int64?)

  /// Something about the whole; the id is the tag that is pulled.
  case message(id: String?, status: String)

  /// The digest of the manifest that was pulled, `sha256:…`.
  case digest(String)

  /// A tag that the registry has now.
  case pushed(PushedImage)

  /// The id of the image that is built: the last one told is the result.
  case image(id: String)

  /// A step of BuildKit, told again whenever it changes.
  case step(BuildStep)

  /// How far a part of such a step is.
  case stepProgress(BuildStepProgress)

  /// What the command of such a step wrote.
  case stepOutput(BuildStepOutput)

  /// What the engine or this client has against a build that goes on.
  case warning(String)

  /// Source: Engine API 1.41, BuildInfo, CreateImageInfo and PushImageInfo.
  public init?(json: JSONValue) {
    if let pushed = PushedImage(json: json) {
      self = .pushed(pushed)
    } else if let id = json["aux"]?["ID"]?.string {
      self = .image(id: id)
    } else if let text = json["stream"]?.string {
      self = .output(text)
    } else if let status = json["status"]?.string {
      self = Self.told(status, json)
    } else {
      return nil
    }
  }

  private static func told(_ status: String, _ json: JSONValue) -> ProgressEvent {
    if let digest = digest(status) { return .digest(digest) }
    guard let id = json["id"]?.string, let detail = json["progressDetail"] else {
      return .message(id: json["id"]?.string, status: status)
    }
    return .layer(
      id: id, status: status, current: detail["current"]?.integer, total: detail["total"]?.integer)
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
