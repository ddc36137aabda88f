import Canonical
import Git

/// Looks at a history that came from elsewhere, before it becomes part of this one: whether it is
/// one, whether it leaves the activities alone that are here, and whether its paths are such as a
/// history has.
///
/// Only what differs is read, and of a whole new history only the upper folders: what is below is
/// checked by whoever reads it, and all of it by `sc verify`.
struct HistoryInspection {
  private let history: HistoryRepository

  /// Whether files are looked into, and the folders of hours.
  private var readsDocuments = false

  /// What is before the slashes of a day's folder: `activities/2026/11/23`.
  private static let depthOfDays = 4
  private var git: GitRepository { history.git }

  init(_ history: HistoryRepository) { self.history = history }

  /// - Parameter base: where the branch is; nil before the first commit.
  /// - Throws: `refused`, which names what is wrong.
  mutating func inspect(_ other: CommitID, joining base: GitObjectID?) throws(HistoryError) {
    let question = [other.object, base]
    if history.inspected.withLock({ $0.contains(question) }) { return }
    try inspectAnew(other, joining: base)
    history.inspected.withLock { _ = $0.insert(question) }
  }

  private mutating func inspectAnew(
    _ other: CommitID, joining base: GitObjectID?
  ) throws(HistoryError) {
    let tree: GitObjectID
    do throws(GitError) {
      tree = try git.commit(other.object).tree
    } catch {
      throw refusal("\(other) is no commit that can be read: \(error.message)")
    }
    if let base {
      let known = try commonAncestors(base, other.object)
      readsDocuments = true
      let trees = try known.map { (id) throws(HistoryError) in
        try history.reading(id) { (id) throws(GitError) in try git.commit(id).tree }
      }
      for old in trees { try requireActivities(of: old, in: tree) }
      try requireOrdinaryMessages(of: other.object, besides: base)
      try inspectTree(tree, besides: trees, below: "")
    } else {
      try inspectTree(tree, besides: [], below: "")
    }
  }

  private func commonAncestors(
    _ one: GitObjectID, _ other: GitObjectID
  ) throws(HistoryError) -> [GitObjectID] {
    do throws(GitError) {
      return try git.mergeBases(of: one, and: other)
    } catch {
      throw refusal("a commit on the way to what both have is missing: \(error.message)")
    }
  }

  /// The most bytes of a commit: its message, and a signature.
  private static let largestCommit = 1 << 20

  private func requireOrdinaryMessages(
    of tip: GitObjectID, besides base: GitObjectID
  ) throws(HistoryError) {
    var large: [GitObjectID] = []
    do throws(GitError) {
      for id in try git.commits(from: [tip], hiding: [base]) {
        if try git.byteCount(of: id) > Self.largestCommit { large.append(id) }
      }
    } catch {
      throw refusal("its commits cannot be read: \(error.message)")
    }
    if let first = large.first {
      throw refusal(
        "commit \(first) has more than \(Self.largestCommit) bytes, most in its message")
    }
  }

  /// Every activity that was there must be there as it was.
  private func requireActivities(
    of old: GitObjectID, in new: GitObjectID
  ) throws(HistoryError) {
    let roots = try [old, new].map { (tree) throws(HistoryError) in
      try history.reading(tree) { (tree) throws(GitError) in
        try git.entry(at: ActivityPath.root, inTree: tree)
      }
    }
    guard let before = roots[0] else { return }
    guard let after = roots[1], after.isTree else {
      throw refusal("its commits remove all activities")
    }
    try require(before.id, in: after.id, below: ActivityPath.root)
  }

  private func require(
    _ old: GitObjectID, in new: GitObjectID, below path: String
  ) throws(HistoryError) {
    guard old != new else { return }
    let now = Dictionary(
      try entries(new).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for entry in try entries(old) {
      let place = "\(path)/\(entry.name)"
      guard let other = now[entry.name] else {
        throw refusal("its commits remove an activity: \(CommitMessage.line(place))")
      }
      if entry.isTree, other.isTree {
        try require(entry.id, in: other.id, below: place)
      } else if entry != other {
        throw refusal("its commits change an activity: \(CommitMessage.line(place))")
      }
    }
  }

  /// Looks at what a tree has and the others have not.
  private func inspectTree(
    _ tree: GitObjectID, besides others: [GitObjectID], below path: String
  ) throws(HistoryError) {
    guard !others.contains(tree) else { return }
    guard path.utf8.count < 4096, path.split(separator: "/").count < 64 else {
      throw refusal("its folders are too deep: \(CommitMessage.line(String(path.prefix(80))))…")
    }
    let known = try others.map { (other) throws(HistoryError) in
      Dictionary(try entries(other).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }
    for entry in try entries(tree) {
      let same = known.compactMap { $0[entry.name] }
      if same.contains(entry) { continue }
      let place = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
      try inspect(entry, at: place)
      guard entry.isTree, readsDocuments || !isHour(place) else { continue }
      try inspectTree(entry.id, besides: same.filter(\.isTree).map(\.id), below: place)
    }
  }

  private func inspect(_ entry: GitTreeEntry, at path: String) throws(HistoryError) {
    do throws(HistoryError) {
      try OperationRecord.validate(path: path)
    } catch {
      throw refusal("it has a path that no history may have: \(path.debugDescription)")
    }
    guard entry.isPlain else {
      throw refusal("it has a file that is no ordinary one: \(CommitMessage.line(path))")
    }
    guard !entry.isTree else { return }
    guard !HistoryRepository.recordFolders.contains(path) else {
      throw refusal("it has a file where a history has a folder: \(CommitMessage.line(path))")
    }
    if readsDocuments { try requireOrdinarySize(of: entry, at: path) }
    guard path.hasPrefix(ActivityPath.root + "/") else { return }
    guard ActivityPath.isRightful(path) else {
      throw refusal("it has a file that is no activity among them: \(CommitMessage.line(path))")
    }
    guard readsDocuments else { return }
    let bytes: [UInt8]
    do throws(GitError) {
      bytes = try git.object(entry.id).bytes
    } catch {
      throw refusal("\(CommitMessage.line(path)) cannot be read: \(error.message)")
    }
    if let problem = ActivityPath.problem(with: bytes, at: path) {
      throw refusal("\(CommitMessage.line(path)): \(problem)")
    }
  }

  private func isHour(_ path: String) -> Bool {
    path.hasPrefix(ActivityPath.root + "/")
      && path.utf8.count { $0 == UInt8(ascii: "/") } == Self.depthOfDays
  }

  private func requireOrdinarySize(
    of entry: GitTreeEntry, at path: String
  ) throws(HistoryError) {
    let count: Int
    do throws(GitError) {
      count = try git.byteCount(of: entry.id)
    } catch {
      throw refusal("\(CommitMessage.line(path)) cannot be read: \(error.message)")
    }
    guard count <= ActivityPath.largestDocument else {
      throw refusal("\(CommitMessage.line(path)) has \(count) bytes, and no file is as large")
    }
  }

  private func entries(_ tree: GitObjectID) throws(HistoryError) -> [GitTreeEntry] {
    do throws(GitError) {
      return try git.entries(ofTree: tree)
    } catch {
      throw refusal("its folder \(tree) cannot be read: \(error.message)")
    }
  }

  private func refusal(_ why: String) -> HistoryError {
    HistoryError(code: .refused, message: "the other history is refused: \(why)")
  }
}
