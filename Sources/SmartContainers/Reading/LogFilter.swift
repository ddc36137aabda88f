import Canonical
import History

/// Which commits of a history are wanted.
public struct LogFilter: Sendable {
  /// Where to begin; nil for the tip.
  public var revision: String?

  /// Commits that this revision has too are left out: the `A` of `A..B`.
  public var excluding: String?
  public var limit: Int?
  public var skip = 0
  public var since: Timestamp?
  public var until: Timestamp?

  /// Parts of the name or address of the author, or of the account and machine; one of them must
  /// occur, whatever its case.
  public var authors: [String] = []

  /// Names, or beginnings of ids, of containers.
  public var containers: [String] = []

  /// Names, or beginnings of ids, of images.
  public var images: [String] = []

  /// Names, or beginnings of ids, of networks.
  public var networks: [String] = []

  /// Names of volumes.
  public var volumes: [String] = []

  /// `container.create`, or `container` for all of its kind.
  public var operations: [String] = []
  public var outcomes: [String] = []

  /// Parts of the message; one of them must occur, whatever its case.
  public var messages: [String] = []

  public init() {}
}

/// Decides commit by commit, newest first, whether it is wanted.
struct LogMatcher {
  private let filter: LogFilter

  /// The containers and networks that were found by name, by their ids: before a container got
  /// its name it was the same.
  private var followed: Set<String> = []

  init(_ filter: LogFilter) { self.filter = filter }

  mutating func matches(_ record: LogRecord) -> Bool {
    if let since = filter.since, record.time < since { return false }
    if let until = filter.until, record.time > until { return false }
    guard isByAuthor(record),
      contains(filter.messages, in: record.subject)
    else { return false }
    guard filter.outcomes.isEmpty || filter.outcomes.contains(record.outcome ?? "") else {
      return false
    }
    guard
      filter.operations.isEmpty
        || filter.operations.contains(where: { name in
          record.operation == name || record.operation?.hasPrefix(name + ".") == true
        })
    else { return false }
    return matchesSubject(record)
  }

  private func isByAuthor(_ record: LogRecord) -> Bool {
    guard !filter.authors.isEmpty else { return true }
    let people =
      "\(record.authorName) <\(record.authorEmail)>\n"
      + "\(record.committerName) <\(record.committerEmail)>"
    return contains(filter.authors, in: people)
  }

  private mutating func matchesSubject(_ record: LogRecord) -> Bool {
    let names = [filter.containers, filter.images, filter.networks, filter.volumes]
    guard !names.allSatisfy(\.isEmpty) else { return true }
    if let id = record.container {
      let isWanted =
        followed.contains(id)
        || filter.containers.contains { name in
          record.containerName == name || name.count >= 4 && id.hasPrefix(name)
        }
      if isWanted { followed.insert(id) }
      if isWanted { return true }
    }
    if filter.images.contains(where: { isImage(record, $0) }) { return true }
    if isNetwork(record) { return true }
    if let volume = record.volume?.name, filter.volumes.contains(volume) { return true }
    // Not lazily: each container that is found is followed.
    return record.removed.filter { matches($0) }.isEmpty == false
  }

  /// Whether something that was removed is wanted.
  private mutating func matches(_ removed: LogRecord.Removed) -> Bool {
    let isID = { (name: String) in name.count >= 4 && removed.id.hasPrefix(name) }
    switch removed.kind {
    case "container":
      let isWanted =
        followed.contains(removed.id)
        || filter.containers.contains { removed.names.contains($0) || isID($0) }
      if isWanted { followed.insert(removed.id) }
      return isWanted
    case "image", "reference":
      return filter.images.contains { name in
        let digits = Self.digits(name)
        return digits.count >= 4 && removed.id.hasPrefix("sha256:" + digits)
          || removed.names.contains(where: { isName($0, name) })
      }
    case "network":
      let isWanted =
        followed.contains(removed.id)
        || filter.networks.contains { removed.names.contains($0) || isID($0) }
      if isWanted { followed.insert(removed.id) }
      return isWanted
    case "volume": return filter.volumes.contains { removed.names.contains($0) }
    default: return false
    }
  }

  private mutating func isNetwork(_ record: LogRecord) -> Bool {
    guard !filter.networks.isEmpty, let id = record.network else { return false }
    let isWanted =
      followed.contains(id)
      || filter.networks.contains { name in
        record.networkName == name || name.count >= 4 && id.hasPrefix(name)
      }
    if isWanted { followed.insert(id) }
    return isWanted
  }

  private static func digits(_ name: String) -> Substring {
    name.hasPrefix("sha256:") ? name.dropFirst(7) : name[...]
  }

  private func isName(_ word: String, _ name: String) -> Bool {
    word == name || word == name + ":latest" || word + ":latest" == name
  }

  /// An image is named in the subject, or by the beginning of its id.
  private func isImage(_ record: LogRecord, _ name: String) -> Bool {
    let id = record.image.map { $0.hasPrefix("sha256:") ? $0.dropFirst(7) : $0[...] } ?? ""
    let digits = Self.digits(name)
    if digits.count >= 4, id.hasPrefix(digits) { return true }
    return record.imageNames.contains { isName($0, name) }
  }

  private func contains(_ parts: [String], in text: String) -> Bool {
    guard !parts.isEmpty else { return true }
    let lower = text.lowercased()
    return parts.contains { lower.contains($0.lowercased()) }
  }
}

extension HistoryReader {
  /// Goes through the wanted commits, newest first, on the history's own thread.
  ///
  /// - Parameter visit: returns false to stop.
  public func log(
    _ filter: LogFilter, _ visit: @Sendable (LogRecord) throws -> Bool
  ) async throws {
    try await read { history in try history.log(filter, visit) }
  }
}

extension HistoryRepository {
  /// Goes through the wanted commits, newest first.
  ///
  /// - Parameter visit: returns false to stop.
  func log(_ filter: LogFilter, _ visit: (LogRecord) throws -> Bool) throws {
    guard try head() != nil || filter.revision != nil else { return }
    let start = try filter.revision.map { try resolve($0) }
    var hidden = try filter.excluding.map { try HiddenCommits(of: $0, in: self) }
    var walk = try walk(from: start)
    var matcher = LogMatcher(filter)
    var skipped = 0
    var shown = 0
    while shown < filter.limit ?? .max, let entry = try walk.next() {
      switch try hidden?.verdict(on: entry) {
      case .rest: return
      case .hidden: continue
      case .shown, nil: break
      }
      // Commits are in the order of their times, up to clocks that differ by a day.
      if let since = filter.since,
        entry.committerTime.millisecondsSince1970 < since.millisecondsSince1970 - 86_400_000
      {
        break
      }
      let record = LogRecord(entry)
      guard matcher.matches(record) else { continue }
      if skipped < filter.skip {
        skipped += 1
        continue
      }
      shown += 1
      guard try visit(record) else { break }
    }
  }
}
