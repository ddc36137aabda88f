import Canonical
import Git
import Glibc
import SystemPackage

// A commit syncs nothing; its journal entry, which is synced, is kept until the commit is in a
// synced pack. One pack and three syncs do that for a batch of operations at once.
extension HistoryRepository {
  /// Consolidates when enough operations wait for it.
  ///
  /// - Returns: whether it was done.
  @discardableResult
  package func checkpointIfDue() throws(HistoryError) -> Bool {
    try isCheckpointDue() ? try checkpoint() : false
  }

  /// Whether enough operations wait to be consolidated.
  package func isCheckpointDue() throws(HistoryError) -> Bool {
    try journal.retired().count >= limits.checkpointBatch
  }

  /// Packs what was committed since the last time, so that it survives a power cut, and drops
  /// the journal entries that kept it until now.
  ///
  /// - Returns: false when another process is at it.
  @discardableResult
  package func checkpoint() throws(HistoryError) -> Bool {
    try FileLock.ifFree(layout.checkpointLock) { () throws(HistoryError) in
      try checkpointLocked()
    }
  }

  /// Removes what killed processes left of packs on their way here.
  package func removePackLeftovers() throws(HistoryError) {
    try PackFolder(folder: layout.packs).removeLeftovers()
    // Of a fetch, or a push to here, that was killed.
    let objects = Folder(layout.root.path.appending("objects"))
    for name in try objects.names() where name.hasPrefix("tmp_objdir-") {
      if objects.isAbandoned(name) { Folder(objects.file(name)).removeAll() }
    }
  }

  /// Consolidates, after another process that may be at it.
  func checkpointWaiting() throws(HistoryError) {
    try FileLock.whileHeld(layout.checkpointLock) { () throws(HistoryError) in
      try checkpointLocked()
    }
  }

  /// The commit up to which everything is synced; nil before the first checkpoint.
  func durableCommit() throws(HistoryError) -> GitObjectID? {
    guard let bytes = try layout.local.read(RepositoryLayout.durableFile) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let id = GitObjectID(text.prefix { $0 != "\n" }) else {
      throw HistoryError(
        code: .corrupt, message: "not the id of a commit",
        path: layout.local.file(RepositoryLayout.durableFile))
    }
    return id
  }

  /// Consolidates, once more when damage was met and could be mended.
  private func checkpointLocked() throws(HistoryError) {
    do throws(HistoryError) {
      try checkpointWhole()
    } catch  where error.code == .corrupt {
      guard (try? mendLocked()) != nil else { throw error }
      try checkpointWhole()
    }
  }

  private func checkpointWhole() throws(HistoryError) {
    // Listed before the tip is read: each of these was committed before it got here.
    let retired = try journal.retired()
    guard let tip = try tip() else { return }
    let durable = try durableCommit()
    if tip != durable {
      let unsynced = try packCommits(from: tip, hiding: durable)
      try layout.local.replace(RepositoryLayout.durableFile, with: Array("\(tip)\n".utf8))
      try syncReference()
      for id in unsynced.loose { unlink(layout.looseObject(id.description).string) }
      try PackFolder(folder: layout.packs).remove(unsynced.packs.map(\.name))
    }
    for name in retired { try layout.committed.remove(name) }
    try mergePacks()
  }

  /// What a synced pack takes the place of.
  private struct Unsynced {
    /// Packs of one commit each.
    let packs: [PackFolder.Pack]
    let loose: [GitObjectID]
  }

  /// Makes one synced pack of the objects between two commits that are in packs of single commits,
  /// or loose because another tool wrote them.
  private func packCommits(
    from tip: GitObjectID, hiding durable: GitObjectID?
  ) throws(HistoryError) -> Unsynced {
    let known = try syncedCommits() + (durable.map { [$0] } ?? [])
    let objects = try reading(tip) { (tip) throws(GitError) in
      try git.objects(from: tip, hiding: known)
    }
    let packs = try PackFolder(folder: layout.packs).packs(ofCommits: objects)
    var packed: Set<GitObjectID> = []
    for pack in packs { packed.formUnion(try pack.index.objects()) }
    let loose = objects.filter {
      !packed.contains($0) && access(layout.looseObject($0.description).string, F_OK) == 0
    }
    let unsynced = packed.union(loose)
    let chosen = objects.filter(unsynced.contains)
    // The journal's copies go after this: and libgit2 never ends on an object that was cut short.
    for id in objects { _ = try reading(id) { (id) throws(GitError) in try git.object(id) } }
    if !chosen.isEmpty { _ = try writePack(of: chosen) }
    if chosen.count < objects.count { try PackFolder(folder: layout.packs).sync() }
    return Unsynced(packs: packs, loose: loose)
  }

  /// - Returns: the name of the pack.
  private func writePack(of objects: [GitObjectID]) throws(HistoryError) -> String {
    try layout.incoming.create(mode: 0o700)
    for leftover in try layout.incoming.names() { try layout.incoming.remove(leftover) }
    let name = try writing("a pack") { () throws(GitError) in
      "pack-" + (try git.writePack(of: objects, into: layout.incoming.path))
    }
    try PackFolder(folder: layout.packs).adopt(name, from: layout.incoming)
    try reading("the packs") { () throws(GitError) in try git.refresh() }
    return name
  }

  /// Syncs the reference; where it is packed there is no file, and git synced it.
  private func syncReference() throws(HistoryError) {
    do throws(HistoryError) {
      try Folder.syncFile(path.pushing(FilePath(RepositoryLayout.reference)))
    } catch  where error.code == .notFound {
      return
    }
    try Folder.syncFile(path.pushing("refs/heads"))
  }

  /// Makes one pack of many of about the same size, so that their number grows with the
  /// logarithm of the history, and each object is written again only as often.
  private func mergePacks() throws(HistoryError) {
    let packs = PackFolder(folder: layout.packs)
    // Where there are so few, none is read to know its size.
    while try packs.count() >= limits.packsOfASize {
      let sizes = Dictionary(grouping: try packs.replaceablePacks(), by: \.size)
      let crowded = sizes.filter { $0.value.count >= limits.packsOfASize }
      guard let merged = crowded.min(by: { $0.key < $1.key })?.value else { return }
      var seen: Set<GitObjectID> = []
      var objects: [GitObjectID] = []
      for pack in merged { objects += try pack.index.objects().filter { seen.insert($0).inserted } }
      let name = try writePack(of: objects)
      try packs.remove(merged.map(\.name).filter { $0 != name })
    }
  }
}

extension Journal {
  /// The names of the entries that are committed and wait for the next checkpoint.
  func retired() throws(HistoryError) -> [String] {
    try layout.committed.names().filter { $0.hasSuffix(Self.suffix) }
  }
}
