import Crypto
import Git
import Glibc
import SystemPackage

/// The folder of packs of a repository, as far as keeping their number small and whole needs it.
struct PackFolder {
  let folder: Folder

  /// A pack that may be replaced.
  struct Pack {
    /// What its two files share: `pack-<digits>`.
    let name: String
    let index: PackIndex

    /// Packs with as many decimal digits in their number of objects are about the same size.
    var size: Int { String(index.count).count }
  }

  /// How many packs there are.
  func count() throws(HistoryError) -> Int {
    try folder.names().count { $0.hasSuffix(".idx") }
  }

  /// The packs that nobody protects.
  ///
  /// A commit's own pack is one only after a day: until then its process may be about to move the
  /// branch to it, or to remove it because another one was first.
  func replaceablePacks() throws(HistoryError) -> [Pack] {
    let names = Set(try folder.names())
    var packs: [Pack] = []
    for file in names where file.hasPrefix("pack-") && file.hasSuffix(".idx") {
      let name = String(file.dropLast(4))
      guard names.contains(name + ".pack"),
        ![".keep", ".promisor", ".bitmap"].contains(where: { names.contains(name + $0) }),
        let index = try PackIndex(folder.file(file))
      else { continue }
      if try Self.isOfCommit(name, index) {
        guard folder.isAbandoned(file), try isWhole(name) else { continue }
      }
      packs.append(Pack(name: name, index: index))
    }
    return packs
  }

  /// The packs that hold one commit each and what came with it: they have the commit's name.
  ///
  /// - Parameter objects: the commits are among these.
  func packs(ofCommits objects: [GitObjectID]) throws(HistoryError) -> [Pack] {
    let names = Set(try folder.names())
    var packs: [Pack] = []
    for id in objects where names.contains("pack-\(id).idx") {
      guard let index = try PackIndex(folder.file("pack-\(id).idx")) else { continue }
      packs.append(Pack(name: "pack-\(id)", index: index))
    }
    return packs
  }

  /// What the packs are named by: those of one commit each by the commit.
  func names() throws(HistoryError) -> [GitObjectID] {
    try folder.names().filter { $0.hasPrefix("pack-") && $0.hasSuffix(".idx") }
      .compactMap { GitObjectID($0.dropFirst(5).dropLast(4)) }
  }

  /// The packs of one commit each that are not whole, as a power cut may leave them; and those whose
  /// index is damaged beyond telling, from which nobody can read anything.
  func damagedPacksOfCommits() throws(HistoryError) -> [String] {
    var damaged: [String] = []
    for file in try folder.names() where file.hasPrefix("pack-") && file.hasSuffix(".idx") {
      let name = String(file.dropLast(4))
      if let index = try PackIndex(folder.file(file)) {
        guard try Self.isOfCommit(name, index), try !isWhole(name) else { continue }
      } else if try hasChecksum(file) != false {
        // Of another version.
        continue
      }
      damaged.append(name)
    }
    return damaged
  }

  /// Whether a pack is one of a single commit and what came with it: then it has its name.
  private static func isOfCommit(
    _ name: String, _ index: PackIndex
  ) throws(HistoryError) -> Bool {
    guard let commit = GitObjectID(name.dropFirst(5)) else { return false }
    return try index.contains(commit)
  }

  private func isWhole(_ name: String) throws(HistoryError) -> Bool {
    guard try hasChecksum(name + ".idx") == true else { return false }
    return try hasChecksum(name + ".pack") == true
  }

  /// Whether a file ends with the SHA-1 of all before, as everything does that git keeps about packs
  /// (gitformat-pack(5)); nil when it is not there.
  func hasChecksum(_ name: String) throws(HistoryError) -> Bool? {
    var hasher = Insecure.SHA1()
    // The last bytes are held back.
    var tail: [UInt8] = []
    do throws(HistoryError) {
      try Folder.readFile(folder.file(name)) { chunk in
        tail += chunk
        guard tail.count > 20 else { return }
        hasher.update(data: tail[..<(tail.count - 20)])
        tail.removeFirst(tail.count - 20)
      }
    } catch  where error.code == .notFound {
      return nil
    }
    return tail.elementsEqual(hasher.finalize())
  }

  /// Takes over a finished pack from another folder, synced: its index comes last, because
  /// git knows a pack by it.
  func adopt(_ name: String, from incoming: Folder) throws(HistoryError) {
    try folder.create()
    for suffix in [".pack", ".idx"] {
      try Folder.syncFile(incoming.file(name + suffix))
    }
    for suffix in [".pack", ".idx"] {
      try incoming.move(name + suffix, to: folder.file(name + suffix))
    }
    try folder.sync()
  }

  /// Makes the packs survive a power cut that others, such as a fetch, may not have synced.
  func sync() throws(HistoryError) {
    for name in try folder.names() where name.hasPrefix("pack-") {
      do throws(HistoryError) {
        try Folder.syncFile(folder.file(name))
      } catch  where error.code == .notFound {
        continue
      }
    }
    try folder.sync()
  }

  /// Removes what was begun of packs, by whomever, and that nobody has gone on with for a day.
  func removeLeftovers() throws(HistoryError) {
    for name in try folder.names()
    where ["tmp_pack_", "tmp_idx_", "tmp_rev_", "pack_git2_"].contains(where: name.hasPrefix) {
      if folder.isAbandoned(name) { try folder.remove(name) }
    }
    // A pack stands before its index does.
    let names = Set(try folder.names())
    for name in names where name.hasPrefix("pack-") && name.hasSuffix(".pack") {
      if !names.contains(name.dropLast(5) + ".idx"), folder.isAbandoned(name) {
        try folder.remove(name)
      }
    }
    // Of a fetch that was killed before it let its pack go.
    for name in try folder.names() where name.hasSuffix(".keep") {
      guard let reason = try folder.read(name),
        String(decoding: reason, as: UTF8.self).hasPrefix(Self.keepReason)
      else { continue }
      if folder.isAbandoned(name) { try folder.remove(name) }
    }
  }

  /// What stands in the file that keeps a pack of a fetch from being made one with others.
  private static let keepReason = "sc fetch"

  /// Removes the files of packs; and the index over all packs that git's maintenance may have written,
  /// as `git repack -d` does, for nothing may name what is gone.
  func remove(_ packs: [String]) throws(HistoryError) {
    guard !packs.isEmpty else { return }
    try removeIndexOfAll()
    for name in packs {
      for suffix in [".idx", ".rev", ".pack", ".keep"] { try folder.remove(name + suffix) }
    }
    // Git may have been at another one.
    try removeIndexOfAll()
  }

  /// Removes the index over all packs, which git makes anew when it wants one.
  func removeIndexOfAll() throws(HistoryError) {
    for file in try folder.names() where file.hasPrefix("multi-pack-index") {
      try folder.remove(file)
    }
  }
}
