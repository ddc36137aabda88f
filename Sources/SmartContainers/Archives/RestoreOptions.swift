/// How an archive is restored.
public struct RestoreOptions: Sendable {
  /// Whether the images are loaded into the engine.
  public var loads = false

  /// Whether the runs are done again, and compared.
  public var runs = false

  /// Whether containers and runs may have of this host what they had of another.
  public var allowsHostAccess = false

  /// Whether files that are there and other ones are replaced.
  public var replaces = false

  public init() {}
}

/// What came of restoring an archive.
public struct RestoredArchive: Sendable {
  /// The folder that the runs' own was, as they have it.
  public let originalFolder: String

  /// The inputs that were placed, by their paths here.
  public let placed: [String]

  /// The inputs that were not placed, because git would read them as its own; a rerun has them from the
  /// history.
  public let unplaced: [String]

  /// How the history came: `cloned`, `joined`, `up to date`.
  public let history: String

  /// The runs, by their activities, oldest first.
  public let activities: [String]

  /// The images that are in the archive.
  public let images: [ArchiveReport.Image]

  /// The containers that are no run's own, as the history has them.
  public let containers: [Container]

  /// A container that can be created again.
  public struct Container: Sendable, Hashable {
    public let id: String
    public let name: String
  }
}
