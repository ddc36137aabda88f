import Git
import Glibc
import SystemPackage

extension HistoryRepository {
  /// After how many seconds git's own lock on the branch is taken for a dead process's. Git
  /// holds it while it writes one line.
  private static let oldestLock = 2

  /// Moves the branch, as soon as nobody else holds it, unless it is elsewhere by now; then this is nil.
  func moveBranch(
    from base: GitObjectID?, to id: GitObjectID, until deadline: ContinuousClock.Instant
  ) throws(HistoryError) -> GitObjectID? {
    var attempts = 0
    while true {
      if let moved = try moveBranch(from: base, to: id) { return moved }
      guard try tip() == base else { return nil }
      attempts += 1
      try backOff(attempts, until: deadline)
    }
  }

  /// Moves the branch, unless it is elsewhere by now or somebody else holds it; then this is nil.
  ///
  /// Ours hold a lock of their own meanwhile. libgit2 does not look again, once it has locked a
  /// reference, whether it is still absent: of two first commits at once, one would be lost. And
  /// whoever holds our lock knows that none of ours holds git's.
  private func moveBranch(
    from base: GitObjectID?, to id: GitObjectID
  ) throws(HistoryError) -> GitObjectID? {
    try FileLock.whileHeld(layout.branchLock) { () throws(HistoryError) -> GitObjectID? in
      do throws(HistoryError) {
        try writing(RepositoryLayout.reference) { () throws(GitError) in
          try git.moveReference(
            RepositoryLayout.reference, from: base, to: id, log: "sc: commit")
        }
        return id
      } catch {
        switch (error.underlying as? GitError)?.code {
        case .locked: removeAbandonedLock()
        case .moved, .exists, .notFound: break
        default: throw error
        }
        return nil
      }
    }
  }

  /// Removes git's lock on the branch when a killed process left it, which git itself never
  /// does. Call it while `branchLock` is held.
  func removeAbandonedLock() {
    let lock = path.pushing(FilePath(RepositoryLayout.reference + ".lock")).string
    var status = stat()
    guard stat(lock, &status) == 0, time(nil) - status.st_mtim.tv_sec > Self.oldestLock else {
      return
    }
    unlink(lock)
  }
}
