import Canonical
import History
import Provenance

/// What a word on the command line stands for.
enum Subject: Sendable {
  case commit(CommitID)
  case activity(ActivityID, CommitID)
  case configured(Configured)
}

extension HistoryRepository {
  /// Finds what a word stands for: a revision such as `HEAD~2`, an activity by its id, a
  /// container or an image by name or id, a network or a volume. Beginnings of ids do when they are unique.
  func subject(named text: String) throws -> Subject {
    guard try head() != nil else {
      throw HistoryError(code: .noSuchRevision, message: "the history is empty: nothing is \(text)")
    }
    if let id = ActivityID(text) {
      guard let commit = try commit(of: id) else {
        throw HistoryError(code: .noSuchRevision, message: "there is no activity \(text)")
      }
      return .activity(id, commit)
    }
    if let found = try newestConfigured(named: text) { return .configured(found.item) }
    if let commit = try revision(text) { return .commit(commit) }
    if let activity = try activity(beginningWith: text) { return activity }
    throw HistoryError(
      code: .noSuchRevision,
      message:
        "\"\(text)\" is no revision, activity, container, image, network or volume of this history")
  }

  /// The container, image, network or volume of that name, or with an id that begins so, and the
  /// newest commit that has its configuration.
  func newestConfigured(
    named text: String
  ) throws(HistoryError) -> (item: Configured, commit: CommitID)? {
    if let container = try newestContainer(named: text) { return container }
    if let image = try newestImage(named: text) { return image }
    if let network = try newestNetwork(named: text) { return network }
    return try newestVolume(named: text)
  }

  /// The commit that a revision names; nil when there is none of that name.
  func revision(_ text: String) throws(HistoryError) -> CommitID? {
    do throws(HistoryError) {
      return try resolve(text)
    } catch {
      guard error.code == .noSuchRevision else { throw error }
      return nil
    }
  }

  private func activity(beginningWith text: String) throws(HistoryError) -> Subject? {
    guard text.utf8.count >= 8,
      text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) || $0 == 45 })
    else { return nil }
    let found = try activities(matching: text, limit: 2)
    guard found.count < 2 else {
      throw HistoryError(
        code: .ambiguous, message: "more than one activity begins with \(text)")
    }
    guard let id = found.first, let commit = try commit(of: id) else { return nil }
    return .activity(id, commit)
  }

  /// The container that had that name, or an id that begins so, last.
  private func newestContainer(
    named text: String
  ) throws(HistoryError) -> (item: Configured, commit: CommitID)? {
    try newest { record in
      guard let id = record.container,
        record.containerName == text || text.count >= 8 && id.hasPrefix(text)
      else { return nil }
      return (Snapshot.path(container: id), "\(record.containerName ?? "") (\(id.prefix(12)))")
    }
  }

  /// The image that had that name, or an id that begins so, last.
  private func newestImage(
    named text: String
  ) throws(HistoryError) -> (item: Configured, commit: CommitID)? {
    let names = Set([text, text.contains(":") ? text : text + ":latest"])
    let digits = text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
    return try newest { record in
      guard let image = record.image, let digest = SHA256Digest(image) else { return nil }
      let isNamed =
        record.operation != "image.remove" && record.imageNames.contains(where: names.contains)
      let isID = digits.count >= 8 && digest.hexadecimal.hasPrefix(digits)
      guard isNamed || isID else { return nil }
      let name = isNamed ? text : "image"
      return (Snapshot.path(image: digest), "\(name) (\(digest.hexadecimal.prefix(12)))")
    }
  }

  /// The network that had that name, or an id that begins so, last.
  private func newestNetwork(
    named text: String
  ) throws(HistoryError) -> (item: Configured, commit: CommitID)? {
    try newest { record in
      guard let id = record.network else { return nil }
      let name = record.networkName ?? ""
      guard name == text || text.count >= 8 && id.hasPrefix(text) else { return nil }
      return (Snapshot.path(network: id), "network \(name) (\(id.prefix(12)))")
    }
  }

  /// The volume of that name, of whatever engine, that was changed last.
  private func newestVolume(
    named text: String
  ) throws(HistoryError) -> (item: Configured, commit: CommitID)? {
    try newest { record in
      guard let volume = record.volume, volume.name == text else { return nil }
      return (Snapshot.path(volume: volume), "volume \(text)")
    }
  }

  /// The newest snapshot that a commit of the log leads to: what a removal took away stands in
  /// the commit before it.
  ///
  /// - Parameter start: where to begin; nil for the tip.
  func newest(
    from start: CommitID? = nil, _ match: (LogRecord) -> (path: String, title: String)?
  ) throws(HistoryError) -> (item: Configured, commit: CommitID)? {
    var walk = try walk(from: start)
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      guard let (path, title) = match(record) else { continue }
      let transient = path.hasPrefix("containers/") ? record.transientSnapshotPath : nil
      for candidate in [path, transient].compactMap({ $0 }) {
        if let found = try configured(at: candidate, titled: title, in: entry.id) {
          return (found, entry.id)
        }
      }
    }
    return nil
  }

  /// The snapshot at a path; nil when the commit has none there.
  func configured(
    at path: String, titled title: String, in commit: CommitID
  ) throws(HistoryError) -> Configured? {
    guard let bytes = try file(at: path, in: commit) else { return nil }
    do throws(JSONError) {
      return Configured(
        title: title, path: path, configuration: try JSONValue(parsing: bytes))
    } catch {
      throw HistoryError(code: .corrupt, message: "the snapshot \(path) is \(error)")
    }
  }
}

extension LogRecord {
  /// Where the snapshot of a container stands that came and went within this operation.
  var transientSnapshotPath: String? {
    guard let id = activity.flatMap({ ActivityID($0) }), let time = id.time else { return nil }
    return Activity.path(of: id, startedAt: time).dropLast(".jsonld".count) + ".container.json"
  }
}

extension HistoryReader {
  /// Whether a word is a revision of this history.
  public func isRevision(_ text: String) async throws -> Bool {
    try await read { try $0.revision(text) != nil }
  }
}
