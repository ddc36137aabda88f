/// What in an engine builds images.
public enum ImageBuilder: String, Sendable, Hashable {
  /// Each instruction in a container of its own, one after the other.
  case classic

  /// Independent stages at once, `RUN --mount`, and only what the target needs.
  case buildKit

  /// What the engine itself prefers.
  case automatic

  /// The first version of the API that lets a client choose.
  static let firstChoice = APIVersion(1, 39)

  /// The one that a query's `version` names.
  static let buildKitVersion = "2"

  /// What a build's request asks for.
  ///
  /// - Parameter version: the value of `version` in its query; nil for none.
  package init(version: String?) {
    self = version == Self.buildKitVersion ? .buildKit : .classic
  }
}
