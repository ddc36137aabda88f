import History

/// The commits that a revision has too: what `A..B` leaves out.
///
/// They are read as the log is, newest first, and no further than it has come.
struct HiddenCommits {
  enum Verdict {
    case shown
    case hidden
    /// This commit and all that come after it are hidden.
    case rest
  }

  private var walk: LogWalk
  private var next: LogEntry?
  private var ids: Set<CommitID> = []

  /// Whether the log has passed a merge: until then, behind a hidden commit all are.
  private var hasBranches = false

  init(of revision: String, in history: HistoryRepository) throws(HistoryError) {
    walk = try history.walk(from: try history.resolve(revision))
    next = try walk.next()
  }

  mutating func verdict(on entry: LogEntry) throws(HistoryError) -> Verdict {
    while let known = next, known.committerTime >= entry.committerTime {
      ids.insert(known.id)
      next = try walk.next()
    }
    guard ids.contains(entry.id) else {
      hasBranches = hasBranches || entry.parents.count > 1
      return .shown
    }
    return hasBranches ? .hidden : .rest
  }
}
