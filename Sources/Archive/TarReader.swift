import CArchive
import Glibc
import SystemPackage

/// Reads one tar archive through libarchive, on one thread.
struct TarReader: ~Copyable {
  private let archive: OpaquePointer
  private let disk: OpaquePointer

  init(_ file: Int32) throws(ArchiveError) {
    if let missing = carchive_load() {
      throw ArchiveError(
        .missingLibrary, call: "dlopen",
        "libarchive is needed to unpack files, and \(String(cString: missing)) is not there; "
          + "install the Debian package libarchive13")
    }
    guard let archive = carchive_read_new() else {
      throw ArchiveError(.library, call: "archive_read_new", "out of memory")
    }
    guard let disk = carchive_write_disk_new() else {
      _ = carchive_read_free(archive)
      throw ArchiveError(.library, call: "archive_write_disk_new", "out of memory")
    }
    guard carchive_read_support_format_tar(archive) == ARCHIVE_OK,
      carchive_read_open_fd(archive, file, 128 << 10) == ARCHIVE_OK
    else {
      let error = Self.failure("archive_read_open_fd", of: archive)
      _ = carchive_write_free(disk)
      _ = carchive_read_free(archive)
      throw error
    }
    self.archive = archive
    self.disk = disk
  }

  deinit {
    _ = carchive_write_free(disk)
    _ = carchive_read_free(archive)
  }

  /// Extracts every member to where `place` says; nil leaves one out.
  func extractAll(
    keepingOwners: Bool, to place: ([UInt8]) throws(ArchiveError) -> FilePath?
  ) throws(ArchiveError) {
    var flags =
      ARCHIVE_EXTRACT_TIME | ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_SECURE_SYMLINKS
      | ARCHIVE_EXTRACT_SECURE_NODOTDOT
    if keepingOwners { flags |= ARCHIVE_EXTRACT_OWNER }
    _ = carchive_write_disk_set_options(disk, flags)
    var files: Set<[UInt8]> = []
    while true {
      var entry: OpaquePointer?
      let status = carchive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
        throw Self.failure("archive_read_next_header", of: archive)
      }
      guard let path = try place(Self.bytes(carchive_entry_pathname(entry))) else { continue }
      // libarchive gives the Unicode forms of a name as one.
      guard
        FileType(rawValue: carchive_entry_filetype(entry)) == .folder
          || files.insert(path.withPlatformString { Self.bytes($0) }).inserted
      else {
        throw ArchiveError(
          .name, call: "extract",
          "two members differ in the Unicode form of their name alone: '\(path.string)'")
      }
      path.withPlatformString { carchive_entry_set_pathname(entry, $0) }
      if let target = carchive_entry_hardlink(entry) {
        guard let other = try place(Self.bytes(target)) else { continue }
        other.withPlatformString { carchive_entry_set_hardlink(entry, $0) }
      }
      // A warning is how libarchive says that it kept from writing through a link.
      guard carchive_read_extract2(archive, entry, disk) == ARCHIVE_OK else {
        throw Self.failure("archive_read_extract", of: archive)
      }
    }
  }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    text.map {
      Array(UnsafeBufferPointer(start: $0, count: strlen($0)).map { UInt8(bitPattern: $0) })
    }
      ?? []
  }

  private static func failure(_ call: String, of archive: OpaquePointer) -> ArchiveError {
    let words = carchive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return ArchiveError(.library, call: call, "the archive cannot be unpacked: \(words)")
  }
}
