import Canonical

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

  /// Parts of the author's name or address; one of them must occur, whatever its case.
  public var authors: [String] = []

  /// Names, or beginnings of ids, of containers.
  public var containers: [String] = []

  /// Names, or beginnings of ids, of images.
  public var images: [String] = []

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

  /// The containers that were found by name: before they got it they were the same.
  private var followed: Set<String> = []

  init(_ filter: LogFilter) { self.filter = filter }

  mutating func matches(_ record: LogRecord) -> Bool {
    if let since = filter.since, record.time < since { return false }
    if let until = filter.until, record.time > until { return false }
    guard contains(filter.authors, in: "\(record.authorName) <\(record.authorEmail)>"),
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

  private mutating func matchesSubject(_ record: LogRecord) -> Bool {
    guard !filter.containers.isEmpty || !filter.images.isEmpty else { return true }
    if let id = record.container {
      let isWanted =
        followed.contains(id)
        || filter.containers.contains { name in
          record.containerName == name || name.count >= 4 && id.hasPrefix(name)
        }
      if isWanted { followed.insert(id) }
      if isWanted { return true }
    }
    return filter.images.contains { isImage(record, $0) }
  }

  /// An image is named in the subject, or by the beginning of its id.
  private func isImage(_ record: LogRecord, _ name: String) -> Bool {
    let id = record.image.map { $0.hasPrefix("sha256:") ? $0.dropFirst(7) : $0[...] } ?? ""
    let digits = name.hasPrefix("sha256:") ? name.dropFirst(7) : name[...]
    if digits.count >= 4, id.hasPrefix(digits) { return true }
    return record.imageNames.contains { word in
      word == name || word == name + ":latest" || word + ":latest" == name
    }
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
    try await read { history in
      guard try history.head() != nil || filter.revision != nil else { return }
      let start = try filter.revision.map { try history.resolve($0) }
      var hidden = try filter.excluding.map { try HiddenCommits(of: $0, in: history) }
      var walk = try history.walk(from: start)
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
}
