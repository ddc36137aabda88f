import Canonical
import Git

/// Joins two histories that have gone different ways. Nothing in it can conflict.
///
/// Activities are united: each has a name of its own and is never changed. Of every other file the
/// last write stays: one that came in knowledge of another has taken its place, and of those that
/// did not know of each other the later operation wins. What stays is thus a function of the
/// operations that both histories have together, whatever was merged with what before: both
/// orders of any merges give the same tree.
struct HistoryMerge {
  /// An operation that left a file in another state; nil for without.
  private struct Write {
    let commit: GitObjectID
    let content: GitObjectID?
  }

  /// What one of the two histories has and the other has not.
  private struct Side {
    let tip: GitCommit

    /// Children before parents.
    var commits: [GitObjectID] = []
    var writes: [String: [Write]] = [:]

    /// Whether it has no merge in it, so that each of its commits knows of those before.
    var isLine = true

    /// The commits that both have and this side went on from; nil stands for a beginning of its own.
    var origins: Set<GitObjectID?> = []
  }

  private let git: GitRepository
  private let ours: Side
  private let theirs: Side

  /// The last commits that both have.
  private let bases: [GitObjectID]

  init(
    _ git: GitRepository, of ours: GitObjectID, and theirs: GitObjectID
  ) throws(GitError) {
    self.git = git
    bases = try git.mergeBases(of: ours, and: theirs)
    self.ours = try Self.side(git, ours, notIn: theirs)
    self.theirs = try Self.side(git, theirs, notIn: ours)
  }

  private static func side(
    _ git: GitRepository, _ tip: GitObjectID, notIn other: GitObjectID
  ) throws(GitError) -> Side {
    var side = Side(tip: try git.commit(tip))
    side.commits = try git.commits(from: [tip], hiding: [other])
    let own = Set(side.commits)
    for id in side.commits {
      let commit = try git.commit(id)
      side.origins.formUnion(commit.parents.filter { !own.contains($0) })
      if commit.parents.isEmpty { side.origins.insert(nil) }
      // A merge is nobody's operation: it only says again what others did.
      guard commit.parents.count < 2 else {
        side.isLine = false
        continue
      }
      for change in try changes(git, commit) {
        side.writes[change.path, default: []].append(Write(commit: id, content: change.new))
      }
    }
    return side
  }

  /// What a commit did to files that are no activities.
  private static func changes(
    _ git: GitRepository, _ commit: GitCommit
  ) throws(GitError) -> [GitTreeChange] {
    let parent = try commit.parents.first.map { (id) throws(GitError) in try git.commit(id).tree }
    return try git.changes(from: parent, to: commit.tree, besides: [ActivityPath.root])
  }

  /// What becomes of a file.
  private enum Outcome {
    case stays
    case removed
    case put(GitObjectID)
  }

  /// Makes the joint tree.
  ///
  /// - Parameter pack: gets what is new with it.
  func writeTree(into pack: inout GitPackDraft) throws(GitError) -> GitObjectID {
    let draft = try GitTreeDraft(git, updating: ours.tip.tree)
    var files: [(path: String, id: GitObjectID)] = []
    for path in Set(ours.writes.keys).union(theirs.writes.keys).sorted() {
      switch try outcome(of: path) {
      case .stays: continue
      case .removed where try draft.isFolder(path) == false: try draft.remove(path)
      case .removed: continue
      case .put(let id): files.append((path, id))
      }
    }
    for change in try git.changes(
      from: ours.tip.tree, to: theirs.tip.tree, besides: [ActivityPath.root])
    where ours.writes[change.path] == nil && theirs.writes[change.path] == nil {
      // No operation made this difference, but a merge by hand: both orders take the same.
      if let id = change.new, id.description > change.old?.description ?? "" {
        files.append((change.path, id))
      }
    }
    for (path, id) in files { try put(id, at: path, in: draft) }
    if let activities = try activities(into: &pack) {
      try draft.put(activities, isTree: true, at: ActivityPath.root)
    }
    return draft.write(into: &pack)
  }

  /// Puts a file; where one side has a folder of the name of the other's file, the folder stays.
  private func put(
    _ id: GitObjectID, at path: String, in draft: GitTreeDraft
  ) throws(GitError) {
    if try draft.isFolder(path) == true { return }
    var end = path.startIndex
    while let slash = path[end...].firstIndex(of: "/") {
      let above = String(path[..<slash])
      if try draft.isFolder(above) == false { try draft.remove(above) }
      end = path.index(after: slash)
    }
    try draft.put(id, at: path)
  }

  private func outcome(of path: String) throws(GitError) -> Outcome {
    guard let other = theirs.writes[path] else { return .stays }
    guard let own = ours.writes[path] else {
      let entry = try git.entry(at: path, inTree: theirs.tip.tree)
      return entry.map { $0.isTree ? .removed : .put($0.id) } ?? .removed
    }
    var last = try lastWrites(own, of: ours) + lastWrites(other, of: theirs)
    last += try earlierWrites(of: path, besides: last)
    var winner = last[0]
    for write in last.dropFirst() where try isBefore(winner, write) { winner = write }
    return winner.content.map { .put($0) } ?? .removed
  }

  /// Those writes of a side that none of its other writes knew of.
  private func lastWrites(_ writes: [Write], of side: Side) throws(GitError) -> [Write] {
    // In a line each knows of all before it.
    guard !side.isLine else { return Array(writes.prefix(1)) }
    return try unsurpassed(writes)
  }

  private func unsurpassed(_ writes: [Write]) throws(GitError) -> [Write] {
    var last: [Write] = []
    for write in writes {
      var isKnown = false
      for later in last where !isKnown {
        isKnown = try git.isAncestor(write.commit, of: later.commit)
      }
      if !isKnown { last.append(write) }
    }
    return last
  }

  /// The writes that both histories have and that none of the later ones knew of: there may be some
  /// where a side went on from before them.
  private func earlierWrites(
    of path: String, besides later: [Write]
  ) throws(GitError) -> [Write] {
    let origins = ours.origins.union(theirs.origins)
    guard !bases.isEmpty, bases.count > 1 || origins != [bases[0]] else { return [] }
    var writes: [Write] = []
    for id in try git.commits(from: bases, hiding: later.map(\.commit)) {
      let commit = try git.commit(id)
      guard commit.parents.count < 2 else { continue }
      let before = try commit.parents.first.flatMap { (id) throws(GitError) in
        try git.entry(at: path, inTree: try git.commit(id).tree)?.id
      }
      let after = try git.entry(at: path, inTree: commit.tree)?.id
      if before != after { writes.append(Write(commit: id, content: after)) }
    }
    return try unsurpassed(writes)
  }

  /// Whether a write is the earlier of two that did not know of each other: by the end of the
  /// operation, then by its id, whose time is finer, then by the commit's.
  private func isBefore(_ left: Write, _ right: Write) throws(GitError) -> Bool {
    let (one, other) = (try git.commit(left.commit), try git.commit(right.commit))
    return key(of: one) < key(of: other)
  }

  private func key(of commit: GitCommit) -> (Int64, String, String) {
    let fields = CommitMessage(parsing: commit.message).fields
    let activity = fields.first { $0.name == "Activity" }?.value ?? ""
    return (commit.committer.seconds, activity, commit.id.description)
  }

  private func activities(into pack: inout GitPackDraft) throws(GitError) -> GitObjectID? {
    let roots = try [ours, theirs].map { (side) throws(GitError) in
      try git.entry(at: ActivityPath.root, inTree: side.tip.tree)?.id
    }
    return try git.union(
      of: roots[0], and: roots[1], below: ActivityPath.root, into: &pack
    ) { (path, _, _) throws(GitError) in
      throw GitError(
        code: .invalidName, call: "merge",
        message: "the two histories have different documents of one activity: \(path)")
    }
  }
}
