import Canonical
import Git

extension HistoryRepository {
  /// The document of an activity as of a commit, the tip by default; nil when it has none.
  ///
  /// Found by its path, which follows from the time in the id, at the same cost in any history.
  package func activityDocument(
    _ id: ActivityID, in commit: CommitID? = nil
  ) throws(HistoryError) -> [UInt8]? {
    guard let commit = try commitOrHead(commit), let path = Self.path(of: id),
      let bytes = try file(at: path, in: commit)
    else { return nil }
    guard bytes.count <= ActivityPath.largestDocument else {
      throw HistoryError(
        code: .invalid,
        message: "the activity \(id) has \(bytes.count) bytes, and no record is as large")
    }
    return bytes
  }

  /// The commit that brought an activity; nil when none has.
  ///
  /// Found by walking from the tip, so that recent ones are found soon.
  package func commit(of id: ActivityID) throws(HistoryError) -> CommitID? {
    guard let path = Self.path(of: id), let head = try head(),
      try treeEntry(at: path, in: head) != nil
    else { return nil }
    var walk = try walk(from: head)
    while let entry = try walk.next() {
      guard try treeEntry(at: path, in: entry.id) != nil else { continue }
      var isNew = true
      for parent in entry.parents where try treeEntry(at: path, in: parent) != nil {
        isNew = false
      }
      if isNew { return entry.id }
    }
    return nil
  }

  private static func path(of id: ActivityID) -> String? {
    id.time.map { ActivityPath.path(of: id, startedAt: $0) }
  }

  /// The snapshot of a container as of a commit, the tip by default; nil when it has none.
  package func containerSnapshot(
    _ id: String, in commit: CommitID? = nil
  ) throws(HistoryError) -> [UInt8]? {
    try snapshot(id, under: "containers", in: commit)
  }

  /// The snapshot of an image, by the digits of its configuration's digest.
  package func imageSnapshot(
    _ digest: String, in commit: CommitID? = nil
  ) throws(HistoryError) -> [UInt8]? {
    try snapshot(digest, under: "images", in: commit)
  }

  private func snapshot(
    _ id: String, under folder: String, in commit: CommitID?
  ) throws(HistoryError) -> [UInt8]? {
    guard let commit = try commitOrHead(commit), id.utf8.count > 2, !id.contains("/") else {
      return nil
    }
    return try file(at: "\(folder)/\(id.prefix(2))/\(id).json", in: commit)
  }

  /// The ids of the containers that have a snapshot and begin with `prefix`, sorted.
  package func containers(
    matching prefix: String = "", in commit: CommitID? = nil
  ) throws(HistoryError) -> [String] {
    try identifiers(under: "containers", matching: prefix, in: commit)
  }

  /// The digests, in digits, of the images that have a snapshot and begin with `prefix`, sorted.
  package func images(
    matching prefix: String = "", in commit: CommitID? = nil
  ) throws(HistoryError) -> [String] {
    try identifiers(under: "images", matching: prefix, in: commit)
  }

  /// Reads only the folders that can have a match.
  private func identifiers(
    under folder: String, matching prefix: String, in commit: CommitID?
  ) throws(HistoryError) -> [String] {
    guard let commit = try commitOrHead(commit), let root = try tree(at: folder, in: commit) else {
      return []
    }
    var found: [String] = []
    for fan in try entries(root)
    where fan.isTree && (fan.name.hasPrefix(prefix) || prefix.hasPrefix(fan.name)) {
      for file in try entries(fan.id) where file.name.hasSuffix(".json") {
        let id = String(file.name.dropLast(5))
        if id.hasPrefix(prefix) { found.append(id) }
      }
    }
    return found
  }

  func entries(_ tree: GitObjectID) throws(HistoryError) -> [GitTreeEntry] {
    try reading(tree) { (id) throws(GitError) in try git.entries(ofTree: id) }
  }

  /// The activities whose id begins with `prefix`, sorted, at most `limit` of them.
  ///
  /// The first 12 digits of an id are its time: a prefix of 8 digits leaves about a minute, so
  /// that one or two folders are read; a short one may need many.
  /// - Parameter prefix: digits, with or without the hyphens and `urn:uuid:`.
  package func activities(
    matching prefix: String, limit: Int = .max, in commit: CommitID? = nil
  ) throws(HistoryError) -> [ActivityID] {
    let plain = prefix.hasPrefix("urn:uuid:") ? prefix.dropFirst(9) : prefix[...]
    let digits = plain.lowercased().filter { $0 != "-" }
    guard digits.allSatisfy(\.isHexDigit), digits.utf8.count <= 32,
      let commit = try commitOrHead(commit), let root = try tree(at: ActivityPath.root, in: commit)
    else { return [] }
    var search = ActivitySearch(history: self, digits: digits, limit: limit)
    try search.visit(root, at: ActivityPath.root, depth: 0)
    return search.found
  }
}

/// A search through the folders of the hours.
private struct ActivitySearch {
  let history: HistoryRepository
  let digits: String
  let limit: Int
  var found: [ActivityID] = []

  /// The paths of the first and last hour that can have a match.
  private let first: String
  private let last: String

  init(history: HistoryRepository, digits: String, limit: Int) {
    self.history = history
    self.digits = digits
    self.limit = limit
    let time = digits.prefix(12)
    let missing = 12 - time.count
    let low = Int64(time + String(repeating: "0", count: missing), radix: 16) ?? 0
    let high = Int64(time + String(repeating: "f", count: missing), radix: 16) ?? .max
    // The last hour of the year 9999: later ones have longer paths, which do not sort.
    let end: Int64 = 253_402_300_799_000
    first = ActivityPath.folder(at: Timestamp(millisecondsSince1970: min(low, end)))
    last = ActivityPath.folder(at: Timestamp(millisecondsSince1970: min(high, end)))
  }

  /// Visits a folder: `depth` is 0 for all years, 4 for one hour.
  mutating func visit(
    _ tree: GitObjectID, at path: String, depth: Int
  ) throws(HistoryError) {
    for entry in try history.entries(tree) where found.count < limit {
      if depth == 4 {
        guard entry.name.hasSuffix(ActivityPath.suffix),
          let id = ActivityID(String(entry.name.dropLast(ActivityPath.suffix.utf8.count))),
          id.description.filter({ $0 != "-" }).hasPrefix(digits)
        else { continue }
        found.append(id)
      } else if entry.isTree {
        let below = "\(path)/\(entry.name)"
        let length = below.utf8.count
        guard below >= first.prefix(length), below <= last.prefix(length) else { continue }
        try visit(entry.id, at: below, depth: depth + 1)
      }
    }
  }
}
