import Glibc
import SystemPackage

extension TarStream {
  /// One file, link or folder as it is to be copied.
  ///
  /// - Parameters:
  ///   - name: what it is called in the archive; empty for what is in a folder, without it.
  ///   - followsLink: whether a symbolic link is copied as what it leads to.
  /// - Throws: `ArchiveError` of code `notFound` and others.
  package static func copy(
    of path: FilePath, as name: String, followsLink: Bool = false,
    omits: @escaping @Sendable (FilePath) -> Bool = { _ in false }
  ) throws(ArchiveError) -> TarStream {
    var status = stat()
    let code = path.withPlatformString {
      followsLink || name.isEmpty ? stat($0, &status) : lstat($0, &status)
    }
    guard code == 0 else { throw ArchiveError("stat", path.string, Errno(rawValue: errno)) }
    let found = status
    let bytes = Array(name.utf8)
    return TarStream { (writer) throws(ArchiveError) in
      try write(path, found, as: bytes, omits, to: &writer)
    }
  }

  private static func write(
    _ path: FilePath, _ status: stat, as name: [UInt8],
    _ omits: @escaping @Sendable (FilePath) -> Bool, to writer: inout TarWriter
  ) throws(ArchiveError) {
    var entry = TarEntry(
      path: name, kind: .folder, mode: status.st_mode & 0o7777,
      modified: Int64(status.st_mtim.tv_sec))
    switch FileType(mode: status.st_mode) {
    case .folder:
      if !name.isEmpty { try writer.add(entry) }
      var walk = FolderWalk(root: path, rules: IgnoreRules(), prefix: name, omits: omits)
      try walk.write(to: &writer)
    case .file:
      // A link that is followed was resolved before.
      try FileContents.write(entry, at: try resolved(path), status, to: &writer)
    case .symbolicLink:
      entry.kind = .symbolicLink(try target(of: path))
      try writer.add(entry)
    default:
      throw ArchiveError(
        .unreadable, call: "copy", "'\(path.string)' is no file, folder or link")
    }
  }

  private static func resolved(_ path: FilePath) throws(ArchiveError) -> FilePath {
    guard let real = path.withPlatformString({ realpath($0, nil) }) else {
      throw ArchiveError("realpath", path.string, Errno(rawValue: errno))
    }
    defer { free(real) }
    return FilePath(platformString: real)
  }

  private static func target(of path: FilePath) throws(ArchiveError) -> [UInt8] {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = path.withPlatformString { link in
      target.withUnsafeMutableBytes { buffer in
        buffer.withMemoryRebound(to: CChar.self) { characters in
          characters.baseAddress.map { readlink(link, $0, characters.count) } ?? -1
        }
      }
    }
    guard count >= 0 else { throw ArchiveError("readlink", path.string, Errno(rawValue: errno)) }
    return Array(target.prefix(count))
  }
}
