import Git
import Glibc
import SystemPackage

extension HistoryRepository {
  /// Takes over the objects of a repository on this machine, by links where it is the same user's,
  /// as `git clone --local` does. What is missing afterwards a fetch gets.
  ///
  /// Nothing is done where that repository has only part of its objects. No reference moves.
  package func takeObjects(from other: FilePath) throws(HistoryError) {
    let source = Folder(other.appending("objects"))
    let partial = [source.path.pushing("info/alternates"), other.appending("shallow")]
    guard FileOwner.of(source.path) == .folder(isOurs: true),
      !partial.contains(where: { FileOwner.of($0) != nil })
    else { return }
    let target = Folder(path.appending("objects"))
    // Objects go from loose ones into packs, and from packs into others, which stand before those go:
    // in this order none is missed.
    for prefix in try source.names() where prefix.utf8.count == 2 {
      guard Self.isFolder(source.file(prefix)) else { continue }
      try Self.take(
        Folder(source.file(prefix)), into: Folder(target.file(prefix)),
        try names(in: source, prefix))
    }
    var seen: Set<String> = []
    while true {
      let packs = try names(in: source, "pack").filter { name in
        name.hasPrefix("pack-") && [".pack", ".idx", ".rev"].contains { name.hasSuffix($0) }
          && seen.insert(name).inserted
      }
      guard !packs.isEmpty else { break }
      // git knows a pack by its index, which comes last.
      try Self.take(
        Folder(source.file("pack")), into: layout.packs,
        packs.sorted { !$0.hasSuffix(".idx") && $1.hasSuffix(".idx") })
    }
    try reading("the packs") { () throws(GitError) in try git.refresh() }
  }

  private func names(in folder: Folder, _ name: String) throws(HistoryError) -> [String] {
    try Folder(folder.file(name)).names()
  }

  private static func take(
    _ source: Folder, into target: Folder, _ names: [String]
  ) throws(HistoryError) {
    guard !names.isEmpty else { return }
    try target.create()
    for name in names {
      var status = stat()
      // A link might lead anywhere.
      guard lstat(source.file(name).string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      if status.st_uid == geteuid(), link(source.file(name).string, target.file(name).string) == 0 {
        // The other one's journal may be what keeps it so far.
        try Folder.syncFile(target.file(name))
        continue
      }
      guard access(target.file(name).string, F_OK) != 0 else { continue }
      do throws(HistoryError) {
        try copy(source.file(name), to: target.file(name))
      } catch  where error.code == .notFound {
        // Made one with others meanwhile, which are listed next.
        continue
      }
    }
    try target.sync()
  }

  /// Whether a path is a folder, and no link to one.
  private static func isFolder(_ path: FilePath) -> Bool {
    var status = stat()
    return lstat(path.string, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func copy(_ source: FilePath, to target: FilePath) throws(HistoryError) {
    let temporary = FilePath("\(target).tmp")
    _ = try Folder.attempt("copy", source) {
      let input = try FileDescriptor.open(source, .readOnly, options: .closeOnExec)
      defer { try? input.close() }
      let output = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerRead, .groupRead, .otherRead])
      defer { try? output.close() }
      var chunk = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let count = try chunk.withUnsafeMutableBytes { try input.read(into: $0) }
        guard count > 0 else { break }
        _ = try output.writeAll(chunk[..<count])
      }
    }
    try Folder.syncFile(temporary)
    try Folder.check("move", temporary) { rename(temporary.string, target.string) }
  }
}
