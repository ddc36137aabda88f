import Archive
import Glibc
import History
import SystemPackage

/// The files and folders of this host that paths and patterns name.
struct FileSelection: Sendable {
  /// One that was named: a file, or a folder with what is in it.
  struct Root: Sendable {
    /// Absolute and normal.
    let path: String

    /// Whether it is a folder.
    let isFolder: Bool

    /// Every file of it, absolute, in the order of their bytes.
    let files: [String]
  }

  /// More files than a record can name.
  static let fileLimit = 20_000

  private(set) var roots: [Root] = []

  /// The histories in the folders: they are no files of them.
  private(set) var histories: [String] = []

  /// What named nothing.
  private(set) var missing: [PathPattern] = []

  /// Looks for what is named.
  ///
  /// A name that is there is taken as it is, and else as a pattern. What is in a folder that is
  /// named too is not taken twice.
  ///
  /// - Throws: `SmartContainersError` for a device, a pipe, what cannot be read, or too many files.
  init(_ patterns: [PathPattern]) throws {
    var paths: Set<ExactPath> = []
    for pattern in patterns {
      if Self.kind(of: pattern.literal) != nil {
        paths.insert(ExactPath(pattern.literal))
      } else {
        let matches = pattern.matches
        if matches.isEmpty { missing.append(pattern) }
        paths.formUnion(matches.map { ExactPath($0) })
      }
    }
    var count = 0
    for path in paths.sorted().map(\.text)
    where !roots.contains(where: { $0.isFolder && path.isBeneath($0.path) }) {
      let root = try root(at: path)
      count += root.files.count
      guard count <= Self.fileLimit else {
        throw SmartContainersError(
          .usage, "more than \(Self.fileLimit) files are declared, with those in \(path)",
          hint: "Pack them into an archive and declare that.")
      }
      roots.append(root)
    }
  }

  /// What arrived in a folder. A link leads to somewhere else, and is no file of it.
  init(staged names: [String], in folder: FilePath) throws {
    for name in names {
      let path = folder.appending(name).string
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFLNK else { continue }
      roots.append(try root(at: path, followsLinks: false))
    }
  }

  /// What tells each of them, and each file of them, from what another hand may make of it.
  var keys: [ExactPath: DigestCache.Key] {
    var keys: [ExactPath: DigestCache.Key] = [:]
    for path in roots.flatMap({ [$0.path] + $0.files }) {
      var status = stat()
      if stat(path, &status) == 0 { keys[ExactPath(path)] = DigestCache.Key(status) }
    }
    return keys
  }

  /// The same without the files that are as they were; of a folder that was there before, nothing is
  /// left when none of its files is.
  func without(_ before: [ExactPath: DigestCache.Key]) -> FileSelection {
    guard !before.isEmpty else { return self }
    let now = keys
    var selection = self
    selection.roots = roots.compactMap { root in
      let files = root.files.filter { path in
        let place = ExactPath(path)
        return before[place] == nil || before[place] != now[place]
      }
      guard !files.isEmpty || before[ExactPath(root.path)] == nil else { return nil }
      return Root(path: root.path, isFolder: root.isFolder, files: files)
    }
    return selection
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private mutating func root(at path: String, followsLinks: Bool = true) throws -> Root {
    guard path != "/" else {
      throw SmartContainersError(
        .usage, "the root folder cannot be declared", hint: "Name what is needed of it.")
    }
    guard !Self.isInHistory(path) else {
      throw SmartContainersError(
        .usage, "\(path) is a history, or in one", hint: "Declare what lies beside it.")
    }
    switch Self.kind(of: path) {
    case S_IFREG?: return Root(path: path, isFolder: false, files: [path])
    case S_IFDIR?:
      var files: [String] = []
      let real = followsLinks ? Self.real(path) : nil
      try walk(path, followingLinksIn: real, &files)
      return Root(
        path: path, isFolder: true,
        files: files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    default: throw Self.refusal(of: path)
    }
  }

  /// Whether a path is a history, or in one, by its name.
  static func isPrivate(_ path: String) -> Bool {
    path.utf8.split(separator: UInt8(ascii: "/"))
      .contains { $0.elementsEqual(HistoryLocation.name.utf8) }
  }

  /// Whether a path of this host is a history, or in one, whatever it is called and by whatever link.
  static func isInHistory(_ path: String) -> Bool {
    for path in [path, real(path)].compactMap({ $0 }) {
      if isPrivate(path) { return true }
      var folder = FilePath(path)
      while folder.lastComponent != nil {
        if HistoryStore.isHistory(folder) { return true }
        folder.removeLastComponent()
      }
    }
    return false
  }

  /// A path without links; nil for what is not there.
  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Adds the files of a folder.
  ///
  /// - Parameter real: the folder that was declared, without links; nil where none is followed. A link
  ///   that leads to a file in it counts as that file. What one leads to elsewhere, the container
  ///   does not see.
  private mutating func walk(
    _ folder: String, followingLinksIn real: String?, _ files: inout [String]
  ) throws {
    guard let stream = opendir(folder) else {
      throw SmartContainersError(
        .failed, "\(folder) cannot be read: \(Errno(rawValue: errno))")
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(validatingCString: $0)
        }
      }
      guard let name else {
        throw SmartContainersError(
          .usage, "\(folder) has a file whose name is not UTF-8", hint: "Give it another name.")
      }
      guard name != ".", name != "..", !name.utf8.starts(with: StagingFolder.prefix.utf8) else {
        continue
      }
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: files.append(path)
      case S_IFDIR where Self.isPrivate(path) || HistoryStore.isHistory(FilePath(path)):
        histories.append(path)
      case S_IFDIR: try walk(path, followingLinksIn: real, &files)
      case S_IFLNK:
        guard let real, Self.kind(of: path) == S_IFREG, Self.real(path)?.isBeneath(real) == true
        else { continue }
        files.append(path)
      default: throw Self.refusal(of: path)
      }
      guard files.count <= Self.fileLimit else { return }
    }
  }

  private static func refusal(of path: String) -> SmartContainersError {
    SmartContainersError(
      .usage, "\(path) is a device, a pipe or a socket",
      hint:
        "Declare files and folders; what a program reads from a pipe is recorded with --interactive."
    )
  }
}
