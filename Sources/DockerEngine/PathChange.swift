import Canonical

/// A path in which a container's file system differs from its image's.
///
/// Source: Engine API 1.41, GET /containers/{id}/changes.
public struct PathChange: Sendable, Hashable {
  public enum Kind: Int64, Sendable {
    case changed = 0
    case added = 1
    case removed = 2

    /// As docker writes it: `A`, `C`, `D`.
    public var letter: String {
      switch self {
      case .changed: "C"
      case .added: "A"
      case .removed: "D"
      }
    }
  }

  public let kind: Kind
  public let path: String

  /// Nil where the engine names a kind that is not known.
  init?(json: JSONValue) {
    guard let kind = json["Kind"]?.integer.flatMap(Kind.init(rawValue:)),
      let path = json["Path"]?.string
    else { return nil }
    self.kind = kind
    self.path = path
  }
}
