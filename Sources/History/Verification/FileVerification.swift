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
  private static let chunkSize = 1 << 20

  init(_ history: HistoryRepository) { self.history = history }

  /// - Parameter found: is told of each file that is damaged.
  /// - Returns: how many pieces of large content there are.
  func run(_ found: (FilePath, String) -> Void) throws(HistoryError) -> Int {
    try verifyPacks(found)
    try verifyLooseObjects(found)
    try verifyJournal(found)
    return try verifyContent(found)
  }

  /// Everything that git keeps about packs ends with the SHA-1 of all before (gitformat-pack(5)).
  private func verifyPacks(_ found: (FilePath, String) -> Void) throws(HistoryError) {
    let suffixes = [".pack", ".idx", ".rev", ".bitmap"]
    for name in try layout.packs.names()
    where name == "multi-pack-index" || suffixes.contains(where: name.hasSuffix) {
      let file = layout.packs.file(name)
      guard try hasTrailer(file) else {
        found(file, "its bytes do not have the checksum at its end")
        continue
      }
    }
  }

  private func hasTrailer(_ path: FilePath) throws(HistoryError) -> Bool {
    var hasher = Insecure.SHA1()
    // The last bytes are held back.
    var tail: [UInt8] = []
    try read(path) { chunk in
      tail += chunk
      guard tail.count > 20 else { return }
      hasher.update(data: tail[..<(tail.count - 20)])
      tail.removeFirst(tail.count - 20)
    }
    return tail.elementsEqual(hasher.finalize())
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
          try read(file) { hasher.update(data: $0) }
          if hasher.finalize().hexadecimal != name {
            found(file, "its bytes do not have the digest that its name says")
          }
        }
      }
    }
    return count
  }

  private func read(_ path: FilePath, _ body: ([UInt8]) -> Void) throws(HistoryError) {
    let file = try Folder.attempt("open", path) {
      try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    }
    defer { close(file.rawValue) }
    while true {
      let chunk = try Folder.attempt("read", path) {
        try [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { room, count in
          count = try file.read(into: UnsafeMutableRawBufferPointer(room))
        }
      }
      if chunk.isEmpty { return }
      body(chunk)
    }
  }
}
