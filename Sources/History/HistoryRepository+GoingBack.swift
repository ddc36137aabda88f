import Canonical
import Git
import Glibc
import SystemPackage

// The steps of a repair. All of them need the lock of the checkpoint.
extension HistoryRepository {
  var isReferenceUnreadable: Bool {
    do throws(HistoryError) {
      _ = try tip()
      return false
    } catch {
      return true
    }
  }

  /// Refuses to go back where no record could take the place of what is lost.
  func requireRecords(
    instead damaged: [GitObjectID], orCommit durable: GitObjectID?
  ) throws(HistoryError) {
    // In this order, for an entry only ever moves that way.
    guard try journal.pending().isEmpty, try journal.retired().isEmpty else { return }
    if let first = damaged.first {
      throw HistoryError(
        code: .corrupt, message: "the object \(first) is missing or damaged", path: path)
    }
    guard durable == nil else { return }
    throw HistoryError(
      code: .corrupt, message: "the reference is damaged",
      path: path.pushing(FilePath(RepositoryLayout.reference)))
  }

  /// Puts damaged files aside, so that the same objects can be written again, and the branch
  /// back to the last commit that is known to be whole.
  ///
  /// - Returns: false when the branch is elsewhere by now.
  func goBack(
    from tip: GitObjectID?, to durable: GitObjectID?, without damaged: [GitObjectID],
    noting repair: inout HistoryRepair
  ) throws(HistoryError) -> Bool {
    try layout.quarantine.create(mode: 0o700)
    for id in try damaged + damagedLooseObjects(besides: damaged) {
      let file = layout.looseObject(id.description)
      if access(file.string, F_OK) == 0 {
        let target = layout.quarantine.file(id.description)
        try Folder.check("put aside", file) { rename(file.string, target.string) }
      }
      repair.damagedObjects.append(id.description)
    }
    try putAsideDamagedPacks()
    try reading("the objects") { () throws(GitError) in try git.refresh() }
    repair.brokenTip = tip.map(CommitID.init)
    repair.restartedFrom = durable.map(CommitID.init)
    return try setBranch(durable, from: tip)
  }

  /// Puts aside the packs of commits that are not whole: none of them was synced, and the journal still
  /// has what is in them.
  func putAsideDamagedPacks() throws(HistoryError) {
    for name in try PackFolder(folder: layout.packs).damagedPacksOfCommits() {
      try layout.quarantine.create(mode: 0o700)
      for file in [name + ".idx", name + ".pack"] {
        do throws(HistoryError) {
          try layout.packs.move(file, to: layout.quarantine.file(file))
        } catch  where error.code == .notFound {
          continue
        }
      }
    }
  }

  /// The loose objects that are damaged, whether or not the walk from the tip came by them:
  /// each would be read before one in a pack.
  private func damagedLooseObjects(
    besides known: [GitObjectID]
  ) throws(HistoryError) -> [GitObjectID] {
    var inspection = ObjectInspection(git)
    let folder = path.appending("objects")
    for prefix in try Folder(folder).names() where prefix.utf8.count == 2 {
      for rest in try Folder(folder.appending(prefix)).names() {
        if let id = GitObjectID(prefix + rest) { try inspection.inspect(object: id) }
      }
    }
    return inspection.damaged.filter { !known.contains($0) }
  }

  /// Puts the branch at a commit, or removes it, even where its file is damaged.
  ///
  /// - Returns: false, having done nothing, when it is no longer where it was: an operation
  ///   that was committed meanwhile must not get lost.
  func setBranch(
    _ commit: GitObjectID?, from tip: GitObjectID?
  ) throws(HistoryError) -> Bool {
    try FileLock.whileHeld(layout.branchLock) { () throws(HistoryError) in
      guard (try? self.tip()) == tip else { return false }
      if isReferenceUnreadable {
        let file = path.pushing(FilePath(RepositoryLayout.reference))
        try layout.quarantine.create(mode: 0o700)
        let target = layout.quarantine.file("main.\(UInt32.random(in: .min ... .max))")
        try Folder.check("put aside", file) { rename(file.string, target.string) }
      }
      removeAbandonedLock()
      try writing(RepositoryLayout.reference) { () throws(GitError) in
        if let commit {
          try git.setReference(RepositoryLayout.reference, to: commit, log: "sc: repair")
        } else if try git.target(ofReference: RepositoryLayout.reference) != nil {
          try git.removeReference(RepositoryLayout.reference)
        }
      }
      return true
    }
  }

  /// Commits again what the journal still has, in the order in which it ended.
  ///
  /// That includes what finished and has not moved to the committed entries yet: it may have been
  /// committed. Where its process is about to commit it, that finds it done; and where it cannot be
  /// committed, as for want of a key, it stays where it is and whoever settles it says so.
  func replay(noting repair: inout HistoryRepair) throws(HistoryError) {
    // Before the others are listed: an entry only ever moves there.
    var records = try journal.pending().compactMap { name in
      journal.finishedRecord(in: layout.journal.file(name))
    }
    let pending = Set(records.map(\.activityID))
    for name in try journal.retired() {
      let file = layout.committed.file(name)
      do throws(JournalText.Damage) {
        guard let record = try JournalText.parse(try journal.read(file)).finished else {
          throw JournalText.Damage(reason: "has no record", line: 0)
        }
        records.append(record)
      } catch {
        repair.corruptEntries.append(try journal.setAside(file, name, error))
      }
    }
    records.sort { ($0.endedAt, $0.activityID) < ($1.endedAt, $1.activityID) }
    for record in records {
      do throws(HistoryError) {
        if !(try commitAgain(record).isAlreadyThere) { repair.replayed += 1 }
      } catch {
        guard pending.contains(record.activityID) else { throw error }
      }
    }
  }

  /// Where the branches ended that were taken back.
  static let broken = "refs/sc/broken/"

  /// Makes sure that the history is whole, and keeps what can be read of the broken one if that tells
  /// more.
  ///
  /// - Parameter known: the commits that could be read before, newest first.
  func finish(
    _ repair: inout HistoryRepair, from known: [GitObjectID], durable: GitObjectID?
  ) throws(HistoryError) {
    guard repair.brokenTip != nil else { return }
    let tip = try tip()
    if let tip {
      var inspection = ObjectInspection(git)
      try inspection.inspect(from: tip, downTo: durable)
      if let first = inspection.damaged.first {
        throw HistoryError(
          code: .corrupt, message: "the object \(first) is missing or damaged", path: path)
      }
    }
    // The pack of the newest may be aside.
    guard let broken = known.first(where: { (try? git.commit($0)) != nil }) else { return }
    if let tip {
      // Answered by an error where the broken commits cannot be walked: then it is not.
      let isIn = (try? git.isAncestor(broken, of: tip)) ?? false
      if tip == broken || isIn { return }
    }
    var number = 1
    while (try? git.target(ofReference: "\(Self.broken)\(number)")) ?? nil != nil { number += 1 }
    let name = "\(Self.broken)\(number)"
    try writing(name) { () throws(GitError) in
      try git.setReference(name, to: broken, log: "sc: repair")
    }
    repair.preserved = name
  }
}
