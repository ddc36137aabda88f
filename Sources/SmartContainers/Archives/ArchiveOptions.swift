/// What goes into an archive, and what is said of it.
public struct ArchiveOptions: Sendable {
  /// Activities, containers and images of the history; none for every run.
  public var subjects: [String] = []

  /// Containers whose whole file system goes in.
  public var exports: [String] = []

  /// Paths of containers that go in, as `docker cp` names them: the container and the path.
  public var paths: [(container: String, path: String)] = []

  /// Whether images stay out.
  public var leavesImagesOut = false

  /// Whether inputs and outputs that are gone or were changed are left out.
  public var allowsMissing = false

  /// Whether what is attested of the activities goes in, signed.
  public var attests = false

  /// The IRI of the license under which the archive may be used; nil where nobody states one.
  public var license: String?
  public var title: String?

  /// Whether an existing file gives way to the finished archive.
  public var replaces = false

  public init() {}
}
