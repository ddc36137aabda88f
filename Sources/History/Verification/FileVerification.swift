import Canonical
import Crypto
import Git
import Glibc
import SystemPackage

/// Looks for damage in the files of a repository, whether or not a commit needs them: each has a
/// digest, in its name or at its end.
struct FileVerification {
  private let history: HistoryRepository
  private var layout: RepositoryLayout { history.layout }

  init(_ history: HistoryRepository) { self.history = history }

  /// - Parameter found: is told of each file that is damaged.
  /// - Returns: how many pieces of large content there are.
  func run(_ found: (FilePath, String) -> Void) throws(HistoryError) -> Int {
    try verifyPacks(found)
    try verifyLooseObjects(found)
    try verifyJournal(found)
    return try verifyContent(found)
  }

  private func verifyPacks(_ found: (FilePath, String) -> Void) throws(HistoryError) {
    let packs = PackFolder(folder: layout.packs)
    let suffixes = [".pack", ".idx", ".rev", ".bitmap"]
    for name in try layout.packs.names()
    where name == "multi-pack-index" || suffixes.contains(where: name.hasSuffix) {
      // One that is gone was made one with others.
      guard try packs.hasChecksum(name) == false else { continue }
      found(layout.packs.file(name), "its bytes do not have the checksum at its end")
    }
  }

  private func verifyLooseObjects(_ found: (FilePath, String) -> Void) throws(HistoryError) {
    var inspection = ObjectInspection(history.git)
    let folder = layout.root.path.appending("objects")
    for prefix in try Folder(folder).names() where prefix.utf8.count == 2 {
      for rest in try Folder(folder.appending(prefix)).names() {
        if let id = GitObjectID(prefix + rest) { try inspection.inspect(object: id) }
      }
    }
    for id in inspection.damaged {
      found(layout.looseObject(id.description), "its bytes are not those that its name says")
    }
  }

  private func verifyJournal(_ found: (FilePath, String) -> Void) throws(HistoryError) {
    for folder in [layout.journal, layout.committed] {
      for name in try folder.names() where name.hasSuffix(Journal.suffix) {
        do throws(JournalText.Damage) {
          _ = try JournalText.parse(try history.journal.read(folder.file(name)))
        } catch  where access(folder.file(name).string, F_OK) != 0 {
          // It has been committed meanwhile.
          continue
        } catch {
          found(folder.file(name), "line \(error.line) \(error.reason)")
        }
      }
    }
  }

  private func verifyContent(_ found: (FilePath, String) -> Void) throws(HistoryError) -> Int {
    var count = 0
    for first in try layout.largeObjects.names() {
      let outer = Folder(layout.largeObjects.file(first))
      for second in try outer.names() {
        let inner = Folder(outer.file(second))
        for name in try inner.names() {
          count += 1
          let file = inner.file(name)
          var hasher = SHA256()
          try Folder.readFile(file) { hasher.update(data: $0) }
          if hasher.finalize().hexadecimal != name {
            found(
              file,
              "its bytes do not have the digest that its name says; remove it, and sc fetch --content "
                + "gets it again where a remote has it")
          }
        }
      }
    }
    return count
  }
}
