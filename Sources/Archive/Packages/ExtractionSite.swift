import Glibc
import SystemPackage

/// A folder of nobody else, in which files are made and which then gets its name.
final class ExtractionSite {
  private let folder: FilePath
  private let root: Int32
  private var isPlaced = false

  /// The folder that was used last, which mostly is the next one, too.
  private var last: (path: ArraySlice<Substring>, descriptor: Int32)?

  /// - Throws: `ArchiveError` of the codes `notFound`, `unwritable` and `full`.
  init(beside target: FilePath) throws(ArchiveError) {
    let above = target.removingLastComponent()
    let name = ".\(target.lastComponent?.string ?? "").XXXXXX"
    var template = (above.isEmpty ? FilePath(".") : above).appending(name).bytes + [0]
    let isMade = template.withUnsafeMutableBytes { buffer in
      buffer.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
    }
    guard isMade else { throw .writing("mkdtemp", target, Errno(rawValue: errno)) }
    folder = FilePath("").appending(bytes: template.dropLast())
    root = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    guard root >= 0 else { throw .writing("open", folder, Errno(rawValue: errno)) }
  }

  deinit {
    if let last, last.descriptor != root { close(last.descriptor) }
    if !isPlaced { FolderRemoval.remove(folder) }
    if root >= 0 { close(root) }
  }

  /// - Throws: `ArchiveError` of code `exists` when something is there but an empty folder.
  static func requireFree(_ target: FilePath) throws(ArchiveError) {
    var status = stat()
    guard target.withPlatformString({ lstat($0, &status) }) == 0 else { return }
    guard FileType(mode: status.st_mode) == .folder, FolderRemoval.isEmpty(target) else {
      throw .exists(target)
    }
  }

  func makeFolder(_ path: String) throws(ArchiveError) {
    _ = try descriptor(of: path.isEmpty ? [] : path.pathParts[...])
  }

  /// Makes a new file, and the folders to it.
  func makeFile(_ path: String) throws(ArchiveError) -> ExtractedFile {
    let parts = path.pathParts
    let parent = try descriptor(of: parts.dropLast())
    let file = String(parts.last ?? "").withCString {
      openat(parent, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    let shown = FilePath(path)
    guard file >= 0 else { throw .writing("openat", shown, Errno(rawValue: errno)) }
    return ExtractedFile(file, shown)
  }

  /// Opens a folder part by part, and makes what is not there.
  private func descriptor(of path: ArraySlice<Substring>) throws(ArchiveError) -> Int32 {
    if let last, last.path == path { return last.descriptor }
    var current = root
    for part in path {
      let name = String(part)
      var next = name.withCString {
        openat(current, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      if next < 0, errno == ENOENT, name.withCString({ mkdirat(current, $0, 0o755) }) == 0 {
        next = name.withCString {
          openat(current, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        // Whatever the umask says.
        if next >= 0 { fchmod(next, 0o755) }
      }
      let error = Errno(rawValue: errno)
      if current != root { close(current) }
      guard next >= 0 else {
        throw .writing("openat", FilePath(path.joined(separator: "/")), error)
      }
      current = next
    }
    if let last, last.descriptor != root { close(last.descriptor) }
    last = (path, current)
    return current
  }

  /// Gives the folder the target's name; what was there goes only when the new one is.
  func place(as target: FilePath, replaces: Bool) throws(ArchiveError) {
    fchmod(root, 0o755)
    if rename(folder, target) == 0 {
      isPlaced = true
      return
    }
    let error = Errno(rawValue: errno)
    guard replaces, [.directoryNotEmpty, .fileExists, .notDirectory].contains(error) else {
      throw .writing("rename", target, error == .notDirectory ? .fileExists : error)
    }
    let old = folder.appending(suffix: ".old")
    guard rename(target, old) == 0 else {
      throw .writing("rename", target, Errno(rawValue: errno))
    }
    guard rename(folder, target) == 0 else {
      let error = Errno(rawValue: errno)
      _ = rename(old, target)
      throw .writing("rename", target, error)
    }
    isPlaced = true
    FolderRemoval.remove(old)
  }

  private func rename(_ path: FilePath, _ other: FilePath) -> Int32 {
    path.withPlatformString { from in other.withPlatformString { Glibc.rename(from, $0) } }
  }
}
