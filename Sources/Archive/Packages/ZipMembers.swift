import CArchive
import Glibc

/// Reads the members of a zip file through libarchive, as its directory has them.
final class ZipMembers: PackageSource {
  private let file: PackageFile
  private let directory: ZipDirectory
  private let archive: OpaquePointer
  private var index = 0

  /// The bytes of the member that are still to come.
  private var left: Int64 = 0

  /// Whether the member's content has not ended.
  private var isOpen = false

  init(_ file: PackageFile, _ limits: PackageLimits) throws(ArchiveError) {
    self.file = file
    directory = try ZipDirectory(file, limits)
    try LibArchive.require()
    guard let archive = carchive_read_new() else {
      throw ArchiveError(.library, call: "archive_read_new", "out of memory")
    }
    guard lseek(file.descriptor, 0, SEEK_SET) == 0,
      carchive_read_support_format_zip_seekable(archive) == ARCHIVE_OK,
      carchive_read_open_fd(archive, file.descriptor, 128 << 10) == ARCHIVE_OK
    else {
      let error = ArchiveError.damaged(archive)
      _ = carchive_read_free(archive)
      throw error
    }
    self.archive = archive
  }

  deinit { _ = carchive_read_free(archive) }

  var bytesRead: Int64 {
    guard index < directory.entries.count else { return file.size }
    return Int64(directory.entries[index].place)
  }

  func next() throws(ArchiveError) -> RawMember? {
    while try chunk() != nil {}
    var found: OpaquePointer?
    let status = UTF8Locale.use { carchive_read_next_header(archive, &found) }
    if status == ARCHIVE_EOF {
      guard index == directory.entries.count else { throw .broken }
      return nil
    }
    // A warning says that something is not as it should be.
    guard status == ARCHIVE_OK else { throw .damaged(archive) }
    guard index < directory.entries.count else { throw .broken }
    let entry = directory.entries[index]
    index += 1
    left = Int64(entry.size)
    isOpen = true
    return try member(entry)
  }

  private func member(_ entry: ZipEntry) throws(ArchiveError) -> RawMember {
    var path = entry.path
    let isNamedFolder = path.last == UInt8(ascii: "/")
    if isNamedFolder { path.removeLast() }
    let kind: RawMember.Kind
    switch entry.mode.flatMap({ FileType(mode: $0) }) {
    case .folder where isNamedFolder: kind = .folder
    case .file where !isNamedFolder: kind = .file
    case nil: kind = isNamedFolder ? .folder : .file
    case .symbolicLink: kind = .refused("is a symbolic link")
    case .fifo: kind = .refused("is a FIFO")
    case .characterDevice, .blockDevice: kind = .refused("is a device")
    case .socket: kind = .refused("is a socket")
    case .file, .folder: kind = .refused("is a file and a folder")
    }
    if case .folder = kind, entry.size > 0 { throw .refused(path, "is a folder with content") }
    return RawMember(
      path: path, kind: kind, size: Int64(entry.size), mode: (entry.mode ?? 0o644) & 0o7777)
  }

  func chunk() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    guard isOpen else { return nil }
    var bytes: UnsafeRawPointer?
    var (count, place) = (0, Int64(0))
    let status = carchive_read_data_block(archive, &bytes, &count, &place)
    if status == ARCHIVE_EOF {
      isOpen = false
      guard left == 0 else { throw .cutShort }
      return nil
    }
    guard status == ARCHIVE_OK else { throw .damaged(archive) }
    guard Int64(count) <= left else {
      throw ArchiveError(
        .damaged, call: "archive_read_data_block",
        "the package is damaged: a member is longer than it says")
    }
    left -= Int64(count)
    // The last piece may be empty; whoever asks means the next one.
    return count > 0 ? UnsafeRawBufferPointer(start: bytes, count: count) : try chunk()
  }
}
