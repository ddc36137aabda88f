import CArchive
import Glibc

/// The one file of a small tar archive, as an engine gives it.
package enum TarFile {
  /// Returns the bytes of the first member, which must be a file.
  ///
  /// - Throws: `ArchiveError` of code `notFound` when it is none.
  package static func contents(of archive: [UInt8]) throws(ArchiveError) -> [UInt8] {
    if let missing = carchive_load() {
      throw ArchiveError(
        .missingLibrary, call: "dlopen",
        "libarchive is needed to unpack files, and \(String(cString: missing)) is not there; "
          + "install the Debian package libarchive13")
    }
    let result = archive.withUnsafeBytes { buffer in
      Result { () throws(ArchiveError) in try contents(of: buffer) }
    }
    return try result.get()
  }

  private static func contents(
    of archive: UnsafeRawBufferPointer
  ) throws(ArchiveError) -> [UInt8] {
    guard let reader = carchive_read_new() else {
      throw ArchiveError(.library, call: "archive_read_new", "out of memory")
    }
    defer { _ = carchive_read_free(reader) }
    var entry: OpaquePointer?
    guard carchive_read_support_format_tar(reader) == ARCHIVE_OK,
      carchive_read_open_memory(reader, archive.baseAddress, archive.count) == ARCHIVE_OK,
      carchive_read_next_header(reader, &entry) == ARCHIVE_OK, let entry
    else { throw failure("archive_read_next_header", of: reader) }
    guard carchive_entry_filetype(entry) == S_IFREG else {
      throw ArchiveError(.notFound, call: "archive_entry_filetype", "it is no file")
    }
    return try data(of: reader, upTo: archive.count)
  }

  private static func data(
    of reader: OpaquePointer, upTo limit: Int
  ) throws(ArchiveError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = carchive_read_data(reader, &piece, piece.count)
      guard count >= 0 else { throw failure("archive_read_data", of: reader) }
      guard count > 0 else { return bytes }
      bytes += piece.prefix(count)
    }
    // A sparse file has more bytes than its archive.
    throw ArchiveError(.library, call: "archive_read_data", "it is larger than its archive")
  }

  private static func failure(_ call: String, of reader: OpaquePointer) -> ArchiveError {
    let words = carchive_error_string(reader).map { String(cString: $0) } ?? "no reason given"
    return ArchiveError(.library, call: call, "the archive cannot be read: \(words)")
  }
}
