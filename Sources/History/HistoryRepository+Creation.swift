import Canonical
import Git
import SystemPackage

extension HistoryRepository {
  /// Makes a history, or completes one that is there: running it again is harmless.
  ///
  /// - Returns: the history, and whether it was there before.
  package static func create(
    at path: FilePath, limits: Limits = Limits()
  ) throws(HistoryError) -> (history: HistoryRepository, existed: Bool) {
    switch FileOwner.of(path) {
    case .folder, nil: break
    case .file:
      throw HistoryError(code: .notRepository, message: "a file is in the way", path: path)
    case .refused(let errno): throw HistoryError(errno, "make a history", path)
    }
    if RepositoryLayout(path).isRepository { return (try openExisting(path, limits), true) }
    try Folder(path).createWithParents()
    // Others may be making it, too: what is half done must not look like a stranger's folder.
    return try FileLock.whileHeld(Folder(path)) { () throws(HistoryError) in
      if RepositoryLayout(path).isRepository { return (try openExisting(path, limits), true) }
      return (try fill(path, limits), false)
    }
  }

  private static func openExisting(
    _ path: FilePath, _ limits: Limits
  ) throws(HistoryError) -> HistoryRepository {
    let history = try open(at: path, limits: limits).history
    // What a repair commits again is signed, and only whoever writes knows by whom.
    try history.completeLocalFolder()
    return history
  }

  /// Makes a folder a history.
  private static func fill(
    _ path: FilePath, _ limits: Limits
  ) throws(HistoryError) -> HistoryRepository {
    // The user's own settings may be there already, in `~/.sc`.
    let names = Set(try Folder(path).names())
    // A history that lost its HEAD gets it back.
    let isHeadless = names.isSuperset(of: ["objects", "refs", "sc"])
    if !isHeadless, let name = names.intersection(gitNames).min() {
      throw HistoryError(
        code: .notRepository, message: "a folder that is no history, with \(name) in it",
        path: path)
    }
    let git: GitRepository
    do throws(GitError) {
      git = try GitRepository.create(
        at: path, branch: RepositoryLayout.branch, description: RepositoryTemplate.description)
      try git.configure(formatVersionName, formatVersion)
    } catch {
      throw Folder(path).reasonForRefusal() ?? HistoryError(error, "make a history", path)
    }
    let history = HistoryRepository(git, limits: limits)
    try history.completeLocalFolder()
    return history
  }

  /// What git calls its own in a bare repository (gitrepository-layout(5)), and `sc` beside it.
  private static let gitNames: Set<String> = [
    ".git", "HEAD", "branches", "config", "hooks", "index", "info", "logs", "modules", "objects",
    "packed-refs", "refs", "sc", "worktrees",
  ]

  /// Makes whatever the repository should have beside what git keeps, where it is missing.
  func completeLocalFolder() throws(HistoryError) {
    for file in RepositoryTemplate.files {
      try layout.root.createOnce(file.path) { Array(file.content.utf8) }
    }
    // Which a copy of empty folders may lack.
    try layout.packs.create()
    for folder in [
      layout.local, layout.journal, layout.committed, layout.corruptEntries, layout.incoming,
    ] {
      try folder.create(mode: 0o700)
    }
    var generator = SystemRandomNumberGenerator()
    try layout.local.createOnce(RepositoryLayout.hostFile) {
      Array("\(Self.randomUUID(using: &generator))\n".utf8)
    }
    try layout.local.createOnce(RepositoryLayout.keyFile, mode: 0o600) {
      (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
  }

  /// A random UUID: version 4 of RFC 9562.
  private static func randomUUID(using generator: inout some RandomNumberGenerator) -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(bytes.hexadecimal)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }

  /// The id of this machine in this history: a UUID, made once, never pushed as such.
  package func hostID() throws(HistoryError) -> String {
    let name = RepositoryLayout.hostFile
    let text = try local(name).split(whereSeparator: { $0 == 0x0A }).first ?? []
    let id = String(decoding: text, as: UTF8.self)
    guard ActivityID(id) != nil else {
      throw HistoryError(
        code: .corrupt, message: "the host id is no UUID", path: layout.local.file(name))
    }
    return id
  }

  /// The 32 secret bytes that redacted values are committed to with.
  package func redactionKey() throws(HistoryError) -> [UInt8] {
    let name = RepositoryLayout.keyFile
    let key = try local(name)
    guard key.count == 32 else {
      throw HistoryError(
        code: .corrupt, message: "the redaction key is not of 32 bytes",
        path: layout.local.file(name))
    }
    return key
  }

  /// A file that is made once; made now, where a plain git clone has none yet.
  private func local(_ name: String) throws(HistoryError) -> [UInt8] {
    if let bytes = try layout.local.read(name) { return bytes }
    try completeLocalFolder()
    guard let bytes = try layout.local.read(name) else {
      throw HistoryError(.noSuchFileOrDirectory, "read", layout.local.file(name))
    }
    return bytes
  }
}
