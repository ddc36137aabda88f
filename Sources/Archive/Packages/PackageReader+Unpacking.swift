import CArchive
import Canonical

extension PackageReader {
  /// Unpacks the member, of which nothing was read, and returns the digest of what it unpacks to.
  ///
  /// - Throws: `ArchiveError` of the code `damaged` for what is not compressed so, `limit`, and what
  ///   `chunk()` throws.
  package func unpackedDigest(_ compression: Compression) throws(ArchiveError) -> SHA256Digest {
    try LibArchive.require()
    guard let archive = carchive_read_new() else {
      throw ArchiveError(.library, call: "archive_read_new", "out of memory")
    }
    defer { _ = carchive_read_free(archive) }
    let feed = ByteFeed { () throws(ArchiveError) in try self.chunk() }
    var entry: OpaquePointer?
    let isOpen =
      carchive_read_append_filter(archive, compression.filter) == ARCHIVE_OK
      && carchive_read_support_format_raw(archive) == ARCHIVE_OK
      && feed.open(archive) == ARCHIVE_OK
    guard isOpen, carchive_read_next_header(archive, &entry) == ARCHIVE_OK else {
      throw feed.error ?? .damaged(archive)
    }
    var hasher = SHA256Hasher()
    var unpacked: Int64 = 0
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { piece.deallocate() }
    while true {
      let count = carchive_read_data(archive, piece.baseAddress, piece.count)
      guard count >= 0 else { throw feed.error ?? .damaged(archive) }
      if count == 0 { return hasher.finalize() }
      unpacked += Int64(count)
      try limits.check(unpacked, of: feed.byteCount)
      hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}
