import Glibc
import SystemPackage

/// Writes what lies in a folder, each folder before its contents and names in byte order, so
/// that the same folder gives the same bytes.
///
/// As Docker's clients do: links are not followed, a second name of a file becomes a hard link,
/// sockets are passed over, owners are root, times are whole seconds, and extended attributes
/// stay out.
struct FolderWalk {
  /// The folder whose contents are written; it gets no entry itself.
  private let root: FilePath
  private let rules: IgnoreRules

  /// What is written in place of, or beside, what is in the folder: contents by name in it.
  private let overlay: [[UInt8]: [UInt8]]

  /// What every name in the archive begins with; empty for nothing.
  private let prefix: [UInt8]

  /// Whether a folder stays out with all that is in it, whatever the rules say.
  private let omits: @Sendable (FilePath) -> Bool

  private struct FileID: Hashable {
    let device: dev_t
    let number: ino_t
  }

  /// A folder whose names are being gone through, the next one last.
  private struct Level {
    let path: [UInt8]
    var names: [[UInt8]]
    let match: IgnoreRules.FolderMatch?
  }

  private var firstNames: [FileID: [UInt8]] = [:]
  private var levels: [Level] = []

  init(
    root: FilePath, rules: IgnoreRules, overlay: [[UInt8]: [UInt8]] = [:], prefix: [UInt8] = [],
    omits: @escaping @Sendable (FilePath) -> Bool = { _ in false }
  ) {
    self.omits = omits
    self.prefix = prefix
    self.root = root
    self.rules = rules
    self.overlay = overlay
  }

  /// Writes everything that the rules let through.
  mutating func write(to writer: inout TarWriter) throws(ArchiveError) {
    let names = Set(try names(in: [])).union(overlay.keys)
    levels = [Level(path: [], names: Self.ordered(names), match: nil)]
    while let level = levels.last {
      guard let name = level.names.last else {
        levels.removeLast()
        continue
      }
      levels[levels.count - 1].names.removeLast()
      let path = level.path.isEmpty ? name : level.path + [UInt8(ascii: "/")] + name
      if let contents = overlay[path] {
        try writeOverlay(path, contents, to: &writer)
      } else {
        try writer.checkCancellation()
        try visit(path, in: level.match, writer: &writer)
      }
    }
  }

  private mutating func visit(
    _ path: [UInt8], in folder: IgnoreRules.FolderMatch?, writer: inout TarWriter
  ) throws(ArchiveError) {
    let (isExcluded, match) = rules.match(path, in: folder)
    if isExcluded && !rules.mayKeepBelow(path) { return }
    let status = try status(of: path)
    let type = FileType(mode: status.st_mode)
    if type == .folder, omits(absolute(path)) { return }
    if !isExcluded, let type { try write(path, type, status, to: &writer) }
    guard type == .folder else { return }
    levels.append(Level(path: path, names: Self.ordered(try names(in: path)), match: match))
  }

  private func writeOverlay(
    _ path: [UInt8], _ contents: [UInt8], to writer: inout TarWriter
  ) throws(ArchiveError) {
    var entry = TarEntry(
      path: path, kind: .file(size: Int64(contents.count)), mode: 0o600, modified: 0)
    if let status = try? status(of: path), FileType(mode: status.st_mode) == .file {
      entry.mode = status.st_mode & 0o7777
      entry.modified = Int64(status.st_mtim.tv_sec)
    }
    try writer.add(entry, bytes: contents)
  }

  private mutating func write(
    _ path: [UInt8], _ type: FileType, _ status: stat, to writer: inout TarWriter
  ) throws(ArchiveError) {
    let name = prefix.isEmpty ? path : prefix + [UInt8(ascii: "/")] + path
    var entry = TarEntry(
      path: name, kind: .folder, mode: status.st_mode & 0o7777,
      modified: Int64(status.st_mtim.tv_sec))
    let id = FileID(device: status.st_dev, number: status.st_ino)
    if type != .folder && type != .socket && status.st_nlink > 1 {
      if let first = firstNames[id] {
        entry.kind = .hardLink(first)
        return try writer.add(entry)
      }
      firstNames[id] = name
    }
    switch type {
    case .socket: return
    case .file: return try FileContents.write(entry, at: absolute(path), status, to: &writer)
    case .folder: break
    case .symbolicLink: entry.kind = .symbolicLink(try target(of: path))
    case .fifo: entry.kind = .fifo
    case .characterDevice: entry.kind = .characterDevice(UInt64(status.st_rdev))
    case .blockDevice: entry.kind = .blockDevice(UInt64(status.st_rdev))
    }
    try writer.add(entry)
  }
}

extension FolderWalk {
  /// In the order in which they are taken from the end.
  private static func ordered(_ names: some Sequence<[UInt8]>) -> [[UInt8]] {
    names.sorted { $1.lexicographicallyPrecedes($0) }
  }

  private func absolute(_ path: [UInt8]) -> FilePath { root.appending(bytes: path) }

  private func status(of path: [UInt8]) throws(ArchiveError) -> stat {
    let path = absolute(path)
    var status = stat()
    guard path.withPlatformString({ lstat($0, &status) }) == 0 else {
      throw ArchiveError("lstat", path.string, Errno(rawValue: errno), whileListed: true)
    }
    return status
  }

  private func target(of path: [UInt8]) throws(ArchiveError) -> [UInt8] {
    let path = absolute(path)
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = target.withUnsafeMutableBytes { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        path.withPlatformString { link in
          characters.baseAddress.map { readlink(link, $0, characters.count) } ?? -1
        }
      }
    }
    guard count >= 0 else {
      throw ArchiveError("readlink", path.string, Errno(rawValue: errno), whileListed: true)
    }
    return Array(target.prefix(count))
  }

  private func names(in path: [UInt8]) throws(ArchiveError) -> [[UInt8]] {
    let folder = absolute(path)
    guard let stream = folder.withPlatformString({ opendir($0) }) else {
      throw ArchiveError(
        "opendir", folder.string, Errno(rawValue: errno), whileListed: !path.isEmpty)
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [UInt8(ascii: ".")] && name != Array("..".utf8) { names.append(name) }
    }
    guard errno == 0 else {
      throw ArchiveError("readdir", folder.string, Errno(rawValue: errno))
    }
    return names
  }
}
