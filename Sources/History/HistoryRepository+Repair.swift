import Canonical
import Git
import Glibc
import SystemPackage

extension HistoryRepository {
  /// Puts right what a power cut left, if there was one since the last time.
  ///
  /// That the machine started anew is known by its boot id; only then, or when the tip cannot
  /// be read, everything since the last checkpoint is read once. After an ordinary start this
  /// costs reading one commit and one tree.
  ///
  /// - Returns: what was done; nil when nothing had to be.
  /// - Throws: `corrupt`, having changed nothing, when the journal cannot replace what is lost.
  func repairIfNeeded() throws(HistoryError) -> HistoryRepair? {
    let boot = Self.bootID()
    if isSameBoot(boot), isTipReadable() { return nil }
    return try FileLock.whileHeld(layout.checkpointLock) {
      () throws(HistoryError) -> HistoryRepair? in
      if isSameBoot(boot), isTipReadable() { return nil }
      let repair = try repairLocked()
      if let boot { try layout.local.replace(RepositoryLayout.bootFile, with: boot) }
      return repair.isEmpty ? nil : repair
    }
  }

  /// What Linux calls this run of the machine (random(4)); nil where there is no such file.
  private static func bootID() -> [UInt8]? {
    try? Folder.readFile("/proc/sys/kernel/random/boot_id")
  }

  /// Where there is no boot id, only the tip can tell.
  private func isSameBoot(_ boot: [UInt8]?) -> Bool {
    guard let boot else { return true }
    return (try? layout.local.read(RepositoryLayout.bootFile)) == boot
  }

  private func isTipReadable() -> Bool {
    do throws(HistoryError) {
      guard let tip = try tip() else { return try durableCommit() == nil }
      return try ObjectInspection(git).isReadable(tip)
    } catch {
      return false
    }
  }

  private func repairLocked() throws(HistoryError) -> HistoryRepair {
    var repair = HistoryRepair()
    let durable = try durableCommit()
    if let durable, !(try ObjectInspection(git).isReadable(durable)) {
      throw HistoryError(
        code: .corrupt, message: "the durable commit \(durable) or its tree is missing or damaged",
        path: path)
    }
    let tip = try? tip()
    var inspection = ObjectInspection(git)
    if let tip { try inspection.inspect(from: tip, downTo: durable) }
    let damaged = inspection.damaged
    let isLost = tip == nil && (durable != nil || isReferenceUnreadable)
    if !damaged.isEmpty || isLost {
      try requireRecords(instead: damaged, orCommit: durable)
      try goBack(from: tip, to: durable, without: damaged, noting: &repair)
    } else if let tip, let durable, !inspection.metBase,
      try reading(
        durable,
        { (durable) throws(GitError) in
          try git.isAncestor(tip, of: durable)
        })
    {
      // The reference was not synced, and an older one came back.
      try setBranch(durable)
      repair.restartedFrom = CommitID(durable)
    }
    try replay(noting: &repair)
    try finish(&repair, durable: durable)
    return repair
  }

  private var isReferenceUnreadable: Bool {
    do throws(HistoryError) {
      _ = try tip()
      return false
    } catch {
      return true
    }
  }

  /// Refuses to go back where no record could take the place of what is lost.
  private func requireRecords(
    instead damaged: [GitObjectID], orCommit durable: GitObjectID?
  ) throws(HistoryError) {
    guard try journal.retired().isEmpty, try journal.pending().isEmpty else { return }
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
  private func goBack(
    from tip: GitObjectID?, to durable: GitObjectID?, without damaged: [GitObjectID],
    noting repair: inout HistoryRepair
  ) throws(HistoryError) {
    try layout.quarantine.create(mode: 0o700)
    for id in try damaged + damagedLooseObjects(besides: damaged) {
      let file = layout.looseObject(id.description)
      if access(file.string, F_OK) == 0 {
        let target = layout.quarantine.file(id.description)
        try Folder.check("put aside", file) { rename(file.string, target.string) }
      }
      repair.damagedObjects.append(id.description)
    }
    try reading("the objects") { () throws(GitError) in try git.refresh() }
    repair.brokenTip = tip.map(CommitID.init)
    repair.restartedFrom = durable.map(CommitID.init)
    try setBranch(durable)
  }

  /// The loose objects that are damaged, whether or not the walk from the tip came by them:
  /// libgit2 would take each for written already.
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
  private func setBranch(_ commit: GitObjectID?) throws(HistoryError) {
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
  }

  /// Commits again what the journal still has, in the order in which it ended.
  private func replay(noting repair: inout HistoryRepair) throws(HistoryError) {
    var records: [OperationRecord] = []
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
      if !(try commit(record).isAlreadyThere) { repair.replayed += 1 }
    }
  }

  /// Makes sure that the history is whole, and keeps the broken tip if that tells more.
  private func finish(
    _ repair: inout HistoryRepair, durable: GitObjectID?
  ) throws(HistoryError) {
    guard let broken = repair.brokenTip else { return }
    let tip = try tip()
    if let tip {
      var inspection = ObjectInspection(git)
      try inspection.inspect(from: tip, downTo: durable)
      if let first = inspection.damaged.first {
        throw HistoryError(
          code: .corrupt, message: "the object \(first) is missing or damaged", path: path)
      }
    }
    guard (try? git.commit(broken.object)) != nil else { return }
    if let tip {
      // Answered by an error where the broken commits cannot be walked: then it is not.
      let isIn = (try? git.isAncestor(broken.object, of: tip)) ?? false
      if tip == broken.object || isIn { return }
    }
    var number = 1
    while (try? git.target(ofReference: "refs/sc/broken/\(number)")) ?? nil != nil { number += 1 }
    let name = "refs/sc/broken/\(number)"
    try writing(name) { () throws(GitError) in
      try git.setReference(name, to: broken.object, log: "sc: repair")
    }
    repair.preserved = name
  }
}
