import Canonical
import History
import Provenance

/// Goes back through the versions of one snapshot, as git-blame does through those of a file: each
/// field goes to the parent that has it with the same value, and stays where no parent has.
struct BlameWalk {
  /// Where a field was set.
  struct Origin: Sendable {
    let commit: CommitID

    /// Whether the snapshot began with that commit.
    let isFirst: Bool
    var isCertain: Bool

    /// Whether the operation set it; false where it was only the first to have seen it.
    var isRecorded = true
  }

  /// Fields that are looked for at a commit, and whether they could be compared so far.
  private struct Pending {
    let entry: LogEntry
    let version: FileVersion
    var fields: [String: Bool]
  }

  private let history: HistoryRepository
  private let path: String
  private var pending: [CommitID: Pending] = [:]
  private var configurations: [FileVersion: JSONValue] = [:]
  private(set) var origins: [String: Origin] = [:]

  /// - Parameter fields: the names of those that are wanted.
  init(
    _ history: HistoryRepository, at path: String, _ fields: some Sequence<String>,
    from commit: CommitID
  ) throws {
    self.history = history
    self.path = path
    let wanted = Dictionary(fields.map { ($0, true) }, uniquingKeysWith: { first, _ in first })
    guard !wanted.isEmpty, let version = try history.version(at: path, in: commit) else { return }
    pending[commit] = Pending(
      entry: try history.entry(commit), version: version, fields: wanted)
    while let newest = pending.values.max(by: { $0.entry.committerTime < $1.entry.committerTime }) {
      try Task.checkCancellation()
      pending[newest.entry.id] = nil
      try settle(newest)
    }
  }

  private mutating func settle(_ item: Pending) throws {
    var left = item.fields
    var isFirst = true
    for parent in item.entry.parents where !left.isEmpty {
      guard let version = try history.version(at: path, in: parent) else { continue }
      isFirst = false
      let passed = try same(left, in: version, and: item.version, of: (parent, item.entry.id))
      guard !passed.isEmpty else { continue }
      for field in passed.keys { left[field] = nil }
      try pass(passed, to: parent, version)
    }
    for (field, isCertain) in left {
      origins[field] = Origin(commit: item.entry.id, isFirst: isFirst, isCertain: isCertain)
    }
  }

  private mutating func pass(
    _ fields: [String: Bool], to parent: CommitID, _ version: FileVersion
  ) throws {
    if pending[parent] == nil {
      pending[parent] = Pending(entry: try history.entry(parent), version: version, fields: fields)
    } else {
      // Two branches meet: what is sure by one of them is sure.
      pending[parent]?.fields.merge(fields) { $0 || $1 }
    }
  }

  /// The fields that two versions have with the same value, as far as that can be told.
  private mutating func same(
    _ fields: [String: Bool], in old: FileVersion, and new: FileVersion,
    of commits: (old: CommitID, new: CommitID)
  ) throws -> [String: Bool] {
    if old == new { return fields }
    let changes = ConfigurationDiff.compare(
      try configuration(old, in: commits.old), try configuration(new, in: commits.new))
    let kinds = Dictionary(changes.map { ($0.field, $0.kind) }, uniquingKeysWith: { $1 })
    var same: [String: Bool] = [:]
    for (field, isCertain) in fields {
      switch kinds[field] {
      case nil: same[field] = isCertain
      case .notComparable: same[field] = false
      default: break
      }
    }
    return same
  }

  private mutating func configuration(
    _ version: FileVersion, in commit: CommitID
  ) throws -> JSONValue {
    if let known = configurations[version] { return known }
    let found = try history.configured(at: path, titled: path, in: commit)
    configurations[version] = found?.configuration ?? [:]
    return found?.configuration ?? [:]
  }
}
