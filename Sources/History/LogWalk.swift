import Git

/// A history, newest first, read one commit at a time.
///
/// Parents are followed, and where histories were merged the one with the later committer time
/// goes first: the first 20 commits cost 20 reads, however long the history is, where a sorted
/// walk would read all of it.
package struct LogWalk {
  private let history: HistoryRepository

  /// The commits that may be next: a binary heap by committer time; one, but for merges.
  private var heap: [GitCommit] = []

  /// What was in the heap, kept only from the first merge on: before, nothing can come twice.
  private var seen: Set<GitObjectID> = []

  /// Why a parent of what was given last cannot be read.
  private var failure: HistoryError?

  init(_ history: HistoryRepository, from tips: [GitObjectID]) throws(HistoryError) {
    self.history = history
    for tip in tips where !heap.contains(where: { $0.id == tip }) { try push(tip) }
    if heap.count > 1 { seen = Set(tips) }
  }

  /// The next commit; nil after the first of the history.
  ///
  /// A commit that cannot be read is an error only after its child was given.
  package mutating func next() throws(HistoryError) -> LogEntry? {
    if let failure { throw failure }
    guard let commit = pop() else { return nil }
    do throws(HistoryError) { try pushParents(of: commit) } catch { failure = error }
    return LogEntry(commit)
  }

  private mutating func pushParents(of commit: GitCommit) throws(HistoryError) {
    for parent in commit.parents {
      if seen.isEmpty {
        if commit.parents.count > 1 { seen = [parent] }
      } else if !seen.insert(parent).inserted {
        continue
      }
      try push(parent)
    }
  }

  private mutating func push(_ id: GitObjectID) throws(HistoryError) {
    heap.append(try history.reading(id) { (id) throws(GitError) in try history.git.commit(id) })
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> GitCommit? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let best = children.min(by: { isBefore($0, $1) }), isBefore(best, parent) else {
        return first
      }
      heap.swapAt(best, parent)
      parent = best
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    heap[left].committer.seconds > heap[right].committer.seconds
  }
}

extension HistoryRepository {
  /// The history from a commit on, newest first; from the tip when none is given.
  package func walk(from commit: CommitID? = nil) throws(HistoryError) -> LogWalk {
    let start = try commitOrHead(commit)
    return try LogWalk(self, from: start.map { [$0.object] } ?? [])
  }
}
