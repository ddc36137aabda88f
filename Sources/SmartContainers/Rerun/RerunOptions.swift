import Archive
import Canonical
import SystemPackage

/// How a run is done again.
public struct RerunOptions: Sendable {
  /// Whether the outputs are only compared: what the user has stays as it is.
  public var verifies = false

  /// Whether inputs that changed are taken from what the history keeps.
  public var takesOriginalInputs = false

  /// Where files of a folder of then are now; nil for the same places.
  public var folder: (from: FilePath, to: FilePath)?

  /// The folder that the user is in; nil where that says nothing of what is meant.
  public var workingFolder: FilePath?

  /// Whether the image may be pulled, by the digest that a registry knew it by.
  public var pulling = ImagePulling(.missing)

  /// Where hidden values are taken from, by their names.
  public var environment: [String: String] = [:]

  /// Whether a run may have of this host what it had of another: folders beside `folder`, devices,
  /// privileges, and values of the environment.
  public var allowsHostAccess = true

  /// What earlier reruns of the same chain made, by its path.
  var made: [ExactPath: RerunMade] = [:]

  /// The folder that the files of the chain had in common then.
  var originalFolder: String?

  public init() {}

  /// Where a path of then is now.
  func path(now path: String) -> String {
    guard let folder, path.isBeneath(folder.from.string) else { return path }
    return path.moved(from: folder.from.string, to: folder.to.string)
  }

  /// What a pattern of then means now.
  func pattern(now pattern: PathPattern) -> PathPattern {
    let place = pattern.isPattern ? pattern.folder : pattern.literal
    guard let folder, place.isBeneath(folder.from.string) else { return pattern }
    return pattern.moved(from: folder.from.string, to: folder.to.string)
  }
}

/// A file that a rerun made anew.
struct RerunMade: Sendable {
  let digest: SHA256Digest

  /// The activity that was done again.
  let activity: ActivityID
}
