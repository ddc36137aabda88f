import Canonical
import History
import Provenance

/// How the configuration of one container or image differs.
public struct ConfigurationDifference: Sendable {
  /// One field that differs.
  public struct Field: Sendable {
    public enum Kind: String, Sendable {
      case added
      case removed
      case changed
      /// Redacted under two keys: nobody can tell.
      case notComparable
    }

    /// `environment.MODE`, `limits.memory` …
    public let name: String
    public let kind: Kind

    /// The values; nil where there is none.
    public let old: JSONValue?
    public let new: JSONValue?
  }

  /// What is compared; nil on the side that does not have it.
  public let old: Configured?
  public let new: Configured?
  public let fields: [Field]

  init(_ old: Configured?, _ new: Configured?) {
    self.old = old
    self.new = new
    fields = ConfigurationDiff.compare(
      old?.configuration ?? [:], new?.configuration ?? [:]
    ).map { change in
      Field(
        name: change.field, kind: Field.Kind(rawValue: change.kind.rawValue) ?? .changed,
        old: change.old, new: change.new)
    }
  }

  /// The fields without those that differ by themselves, such as a host name that is the
  /// container's id.
  public var notableFields: [Field] {
    fields.filter { field in
      let sides = [(old, field.old), (new, field.new)]
      return !sides.allSatisfy { item, value in
        guard let item, let value else { return true }
        return item.isEngineDefault(field.name, value)
      }
    }
  }

  /// The difference for scripts; its members do not change.
  public var json: JSONValue {
    JournalObject.make([
      ("old", old.map { .string($0.title) }), ("new", new.map { .string($0.title) }),
      (
        "fields",
        .array(
          fields.map { field in
            JournalObject.make([
              ("field", .string(field.name)), ("kind", .string(field.kind.rawValue)),
              ("old", field.old), ("new", field.new),
            ])
          })
      ),
    ])
  }
}

extension HistoryReader {
  /// Compares two revisions, activities, containers or images, in any mixture.
  ///
  /// Two revisions are compared container by container and image by image. A revision against
  /// a container or an image means that container or image as of the revision.
  ///
  /// - Parameter old: nil for what was before the revision `new`.
  public func diff(_ old: String?, _ new: String) async throws -> [ConfigurationDifference] {
    try await read { history in
      let new = try history.subject(named: new)
      let differences =
        if let old {
          try history.differences(try history.subject(named: old), new)
        } else {
          try history.differencesToParent(of: new)
        }
      return differences.filter {
        !$0.fields.isEmpty || $0.old == nil || $0.new == nil
      }
    }
  }
}

extension HistoryRepository {
  fileprivate func differences(
    _ old: Subject, _ new: Subject
  ) throws(HistoryError) -> [ConfigurationDifference] {
    switch (old, new) {
    case (.commit(let before), .commit(let after)):
      return try differences(between: before, and: after)
    case (.commit(let commit), .configured(let item)):
      return [
        ConfigurationDifference(
          try configured(at: item.path, titled: item.title, in: commit), item)
      ]
    case (.configured(let item), .commit(let commit)):
      return [
        ConfigurationDifference(
          item, try configured(at: item.path, titled: item.title, in: commit))
      ]
    default:
      return [ConfigurationDifference(try only(old), try only(new))]
    }
  }

  /// The one container or image that a subject is about.
  private func only(_ subject: Subject) throws(HistoryError) -> Configured? {
    switch subject {
    case .configured(let item): return item
    case .activity(let id, let commit): return try configuredByActivity(id, in: commit)
    case .commit(let commit):
      guard let id = LogRecord(try entry(commit)).activity.flatMap({ ActivityID($0) }) else {
        return nil
      }
      return try configuredByActivity(id, in: commit)
    }
  }

  /// What an activity configured: the container's snapshot, else the image's; for one that
  /// removed something, the snapshot of before.
  func configuredByActivity(
    _ id: ActivityID, in commit: CommitID
  ) throws(HistoryError) -> Configured? {
    let record = LogRecord(try entry(commit))
    var paths: [String] = []
    if let container = record.container { paths.append(Snapshot.path(container: container)) }
    if let transient = record.transientSnapshotPath { paths.append(transient) }
    if let image = record.image.flatMap({ SHA256Digest($0) }) {
      paths.append(Snapshot.path(image: image))
    }
    if let network = record.network { paths.append(Snapshot.path(network: network)) }
    if let volume = record.volume { paths.append(Snapshot.path(volume: volume)) }
    let title =
      "\(record.containerName ?? record.imageNames.last ?? record.subject) at \(id.description.prefix(13))"
    for path in paths {
      for candidate in [commit] + (try entry(commit).parents) {
        if let found = try configured(at: path, titled: title, in: candidate) { return found }
      }
    }
    throw HistoryError(
      code: .noSuchRevision, message: "activity \(id) left no configuration to compare")
  }

  private func differences(
    between before: CommitID, and after: CommitID
  ) throws(HistoryError) -> [ConfigurationDifference] {
    try differences(at: try changedPaths(from: before, to: after).map(\.path), before, after)
  }

  /// What a commit changed.
  fileprivate func differencesToParent(
    of subject: Subject
  ) throws(HistoryError) -> [ConfigurationDifference] {
    switch subject {
    case .configured(let item): return [ConfigurationDifference(nil, item)]
    case .activity(_, let commit), .commit(let commit):
      let paths = try changedPaths(commit).map(\.path)
      return try differences(at: paths, try entry(commit).parents.first, commit)
    }
  }

  /// The folders of snapshots.
  private static let configured = ["containers/", "images/", "networks/", "volumes/"]

  private func differences(
    at paths: [String], _ before: CommitID?, _ after: CommitID
  ) throws(HistoryError) -> [ConfigurationDifference] {
    var differences: [ConfigurationDifference] = []
    for path in paths where Self.configured.contains(where: path.hasPrefix) {
      differences.append(
        ConfigurationDifference(
          try before.map { (commit) throws(HistoryError) in
            try snapshot(at: path, in: commit)
          } ?? nil,
          try snapshot(at: path, in: after)))
    }
    return differences
  }

  /// A snapshot under the name that the container had then, or the image's digest.
  private func snapshot(at path: String, in commit: CommitID) throws(HistoryError) -> Configured? {
    guard let found = try configured(at: path, titled: "", in: commit) else { return nil }
    let parts = path.split(separator: "/")
    let id = parts.last?.prefix(12) ?? ""
    let name = found.configuration["Name"]?.string
    let title =
      if let name {
        // A volume has no id but its name.
        parts.first == "volumes" ? "volume \(name)" : "\(name) (\(id))"
      } else {
        "\(parts.first == "images" ? "image" : "container") \(id)"
      }
    return Configured(title: title, path: path, configuration: found.configuration)
  }
}
