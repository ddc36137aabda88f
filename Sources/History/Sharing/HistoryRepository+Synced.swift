import Git
import SystemPackage

// Commits that came from elsewhere and are synced with all that they need. A checkpoint need not look
// at them. Where the remotes' references are says nothing of that: plain git moves them too, by a push
// of what is only in the journal yet, and by a fetch that syncs nothing.
extension HistoryRepository {
  /// How many are remembered; more are read once by the next checkpoint.
  private static let syncedLimit = 64

  /// The commits that are known to be synced.
  func syncedCommits() throws(HistoryError) -> [GitObjectID] {
    guard let bytes = try layout.local.read(RepositoryLayout.syncedFile) else { return [] }
    let ids = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
      GitObjectID($0)
    }
    // A commit that is gone again hides nothing.
    return ids.filter { (try? git.commit($0)) != nil }
  }

  /// Remembers that commits and all that they need are synced.
  func noteSynced(_ commits: [GitObjectID]) throws(HistoryError) {
    let known = try syncedCommits()
    let new = Set(commits).subtracting(known)
    guard !new.isEmpty else { return }
    let all = (known + new.sorted { $0.description < $1.description }).suffix(Self.syncedLimit)
    let text = all.map { "\($0)\n" }.joined()
    try layout.local.replace(RepositoryLayout.syncedFile, with: Array(text.utf8))
  }

  /// Whether all that is tracked of remotes is synced: what comes next may build on it.
  func areTrackedCommitsSynced() throws(HistoryError) -> Bool {
    let synced = Set(try syncedCommits())
    let durable = try durableCommit()
    let names = try reading("the references") { () throws(GitError) in
      try git.references(matching: "refs/remotes/*")
    }
    for name in names {
      guard
        let id = try reading(
          name,
          { () throws(GitError) in
            try git.target(ofReference: name)
          }), !synced.contains(id), id != durable
      else { continue }
      guard let durable, (try? git.isAncestor(id, of: durable)) == true else { return false }
    }
    return true
  }
}
