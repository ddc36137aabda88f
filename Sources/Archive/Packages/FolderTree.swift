import Glibc
import SystemPackage

/// What lies in a folder, found without following a link.
struct FolderTree: ~Copyable {
  /// One thing in the folder.
  struct Item {
    /// From the folder.
    let path: [UInt8]

    /// nil for what Linux does not have.
    let type: FileType?
    fileprivate let parent: Int32
    fileprivate let name: [UInt8]
    fileprivate let buffer: UnsafeMutableRawBufferPointer
  }

  private let root: Int32
  private let shown: String

  /// - Throws: `ArchiveError` when it is no folder that may be read.
  init(_ folder: FilePath) throws(ArchiveError) {
    root = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    shown = folder.string
    guard root >= 0 else { throw ArchiveError("open", shown, Errno(rawValue: errno)) }
  }

  deinit { if root >= 0 { close(root) } }

  /// Calls `body` with everything, each folder before what is in it, in the order of bytes.
  func visit(_ body: (Item) throws(ArchiveError) -> Void) throws(ArchiveError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { buffer.deallocate() }
    try visit(root, [], buffer, body)
  }

  private func visit(
    _ folder: Int32, _ path: [UInt8], _ buffer: UnsafeMutableRawBufferPointer,
    _ body: (Item) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    for name in try Self.names(in: folder, shown) {
      let own = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
      var status = stat()
      guard Self.call(name, { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
        throw ArchiveError("fstatat", String(decoding: own, as: UTF8.self), Errno(rawValue: errno))
      }
      let type = FileType(mode: status.st_mode)
      try body(Item(path: own, type: type, parent: folder, name: name, buffer: buffer))
      guard type == .folder else { continue }
      let inner = Self.call(name) {
        openat(folder, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard inner >= 0 else {
        throw ArchiveError("openat", String(decoding: own, as: UTF8.self), Errno(rawValue: errno))
      }
      defer { close(inner) }
      try visit(inner, own, buffer, body)
    }
  }

  private static func names(
    in folder: Int32, _ shown: String
  ) throws(ArchiveError) -> [[UInt8]] {
    // The stream closes what it is given.
    let own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0, let stream = fdopendir(own) else {
      throw ArchiveError("fdopendir", shown, Errno(rawValue: errno))
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [UInt8(ascii: ".")] && name != Array("..".utf8) { names.append(name) }
    }
    guard errno == 0 else { throw ArchiveError("readdir", shown, Errno(rawValue: errno)) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  fileprivate static func call(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
    (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? -1
    }
  }
}

extension FolderTree.Item {
  /// Reads a file in pieces; how many bytes it has.
  func read(
    _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) -> Int64 {
    let shown = String(decoding: path, as: UTF8.self)
    // Without O_NONBLOCK a fifo that took the file's place would be waited for.
    let file = FolderTree.call(name) {
      openat(parent, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
    guard file >= 0 else { throw ArchiveError("openat", shown, Errno(rawValue: errno)) }
    defer { close(file) }
    var size: Int64 = 0
    while true {
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveError("read", shown, Errno(rawValue: errno)) }
      guard count > 0 else { return size }
      size += Int64(count)
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
