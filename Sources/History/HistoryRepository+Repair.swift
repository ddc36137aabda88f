import Canonical
import Git
import Glibc
import SystemPackage

extension HistoryRepository {
  /// Puts right what a power cut left, if there was one since the last time.
  ///
  /// That the machine started anew is known by its boot id; only then, or when the tip cannot
  /// be read, everything since the last checkpoint is read once. After an ordinary start this
  /// costs reading one commit and five small trees.
  ///
  /// - Returns: what was done; nil when nothing had to be.
  /// - Throws: `corrupt`, having changed nothing, when the journal cannot replace what is lost.
  func repairIfNeeded() throws(HistoryError) -> HistoryRepair? {
    let boot = Self.bootID()
    if isSameBoot(boot), isTipReadable() {
      if isNewestDayReadable() { return nil }
      // Where the journal cannot help, what can be read stays in use.
      return (try? mend()).flatMap { $0.isEmpty ? nil : $0 }
    }
    return try FileLock.whileHeld(layout.checkpointLock) {
      () throws(HistoryError) -> HistoryRepair? in
      let isReadable = isTipReadable()
      if isSameBoot(boot), isReadable { return nil }
      // What could be read of a branch stays under a name of its own; of this one nothing can be.
      let repair = isReadable ? try repairLocked() : try mendLocked()
      if let boot { try layout.local.replace(RepositoryLayout.bootFile, with: boot) }
      return repair.isEmpty ? nil : repair
    }
  }

  /// Puts right what a commit met: everything since the last checkpoint is read, and what is
  /// lost is committed again.
  ///
  /// - Returns: what was done; empty when another process has done it.
  /// - Throws: `corrupt`, having changed nothing, when the journal lacks an operation that the
  ///   branch would lose.
  func mend() throws(HistoryError) -> HistoryRepair {
    try FileLock.whileHeld(layout.checkpointLock) { () throws(HistoryError) in try mendLocked() }
  }

  /// Does what `mend` does, for one who holds the lock of the checkpoint.
  func mendLocked() throws(HistoryError) -> HistoryRepair {
    // In this order, for an entry only ever moves that way.
    let files =
      try journal.pending().map(layout.journal.file)
      + journal.retired().map(layout.committed.file)
    let kept = Set(files.compactMap { journal.finishedRecord(in: $0)?.activityID })
    for id in try unsyncedActivities(downTo: try durableCommit()) where !kept.contains(id) {
      throw HistoryError(
        code: .corrupt, message: "the journal no longer has the operation \(id)", path: path)
    }
    return try repairLocked()
  }

  /// The operations of the commits that can be read and are not known to be synced.
  private func unsyncedActivities(
    downTo durable: GitObjectID?
  ) throws(HistoryError) -> [ActivityID] {
    var found = commits(from: try? tip(), downTo: durable).compactMap(Self.activity)
    let preserved = try brokenTips()
    // A commit that is lost hides those before it, which have packs of their own.
    for commit in try PackFolder(folder: layout.packs).names() {
      if preserved.contains(where: { (try? git.isAncestor(commit, of: $0)) ?? false }) { continue }
      guard let entry = (try? git.commit(commit)).map(LogEntry.init),
        let id = Self.activity(of: entry), !found.contains(id)
      else { continue }
      let synced = try? durable.flatMap { (durable) throws(HistoryError) in
        try activityDocument(id, in: CommitID(durable))
      }
      if synced == nil { found.append(id) }
    }
    return found
  }

  /// The commits that can be read from one on, newest first.
  private func commits(from tip: GitObjectID?, downTo durable: GitObjectID?) -> [LogEntry] {
    guard let tip, var walk = try? LogWalk(self, from: [tip]) else { return [] }
    var found: [LogEntry] = []
    while let entry = try? walk.next(), entry.id.object != durable { found.append(entry) }
    return found
  }

  /// Where the branches ended that earlier repairs took back.
  private func brokenTips() throws(HistoryError) -> [GitObjectID] {
    try reading("the references") { () throws(GitError) in
      try git.references(matching: Self.broken + "*")
    }.compactMap { try? git.target(ofReference: $0) }
  }

  /// The operation that a commit is of; nil for a merge or what was committed by hand.
  private static func activity(of entry: LogEntry) -> ActivityID? {
    entry.field(activityField).flatMap { ActivityID($0) }
  }

  /// The field that names the operation of a commit.
  private static let activityField = "Activity"

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

  /// Whether the folders can be read that the next operation is put into: of the newest year,
  /// month and day. Damage there would otherwise show when the operation is done.
  private func isNewestDayReadable() -> Bool {
    do throws(GitError) {
      guard let tip = try? tip() else { return true }
      var folder = try git.entry(at: ActivityPath.root, inTree: try git.commit(tip).tree)
      for _ in 0..<4 {
        guard let tree = folder, tree.isTree else { return true }
        folder = try git.entries(ofTree: tree.id).last
      }
      return true
    } catch {
      return !ObjectInspection.isDamage(error)
    }
  }

  private func repairLocked() throws(HistoryError) -> HistoryRepair {
    // Another process may have done it. And through an index over all packs, what is damaged hides what
    // is whole.
    try PackFolder(folder: layout.packs).removeIndexOfAll()
    try reading("the objects") { () throws(GitError) in try git.refresh() }
    while true {
      if let repair = try repairOnce() { return repair }
    }
  }

  /// - Returns: nil when another process moved the branch meanwhile.
  private func repairOnce() throws(HistoryError) -> HistoryRepair? {
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
    let known = damaged.isEmpty ? [] : commits(from: tip, downTo: durable).map(\.id.object)
    let isLost = tip == nil && (durable != nil || isReferenceUnreadable)
    if !damaged.isEmpty || isLost {
      try requireRecords(instead: damaged, orCommit: durable)
      guard try goBack(from: tip, to: durable, without: damaged, noting: &repair) else {
        return nil
      }
    } else if let tip, let durable, !inspection.metBase,
      try reading(
        durable,
        { (durable) throws(GitError) in
          try git.isAncestor(tip, of: durable)
        })
    {
      // The reference was not synced, and an older one came back.
      guard try setBranch(durable, from: tip) else { return nil }
      repair.restartedFrom = CommitID(durable)
    }
    try replay(noting: &repair)
    // Also of those that the branch never had: they could be read by nobody, and be packed by nobody.
    try putAsideDamagedPacks()
    try reading("the objects") { () throws(GitError) in try git.refresh() }
    try finish(&repair, from: known, durable: durable)
    return repair
  }
}
