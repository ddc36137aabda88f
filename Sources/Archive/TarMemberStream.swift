import CArchive
import SystemPackage

/// The members of a tar archive, one after the other, as its bytes come.
///
/// It is for archives of an engine. It blocks, and is used on one thread.
package struct TarMemberStream: ~Copyable {
  package enum Kind: Sendable, Hashable {
    case file
    case folder
    case symbolicLink(target: String)
    case hardLink(target: String)
    case other
  }

  package struct Member: Sendable {
    /// As the archive has it.
    package let path: String
    package let kind: Kind

    /// The bytes of a file.
    package let size: Int64
  }

  private let archive: OpaquePointer
  private let feed: ByteFeed

  /// - Parameter next: the next bytes of the archive; nil at its end.
  /// - Throws: `ArchiveError`.
  package init(_ next: @escaping () -> [UInt8]?) throws(ArchiveError) {
    try LibArchive.require()
    guard let archive = carchive_read_new() else {
      throw ArchiveError(.library, call: "archive_read_new", "out of memory")
    }
    let place = Place()
    let feed = ByteFeed { () throws(ArchiveError) in next().map { place.hold($0) } }
    guard carchive_read_support_format_tar(archive) == ARCHIVE_OK,
      feed.open(archive) == ARCHIVE_OK
    else {
      let error = ArchiveError.damaged(archive)
      _ = carchive_read_free(archive)
      throw error
    }
    self.archive = archive
    self.feed = feed
  }

  deinit { _ = carchive_read_free(archive) }

  /// Where the bytes stay that libarchive reads.
  private final class Place {
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)

    deinit { buffer.deallocate() }

    func hold(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
      if bytes.count > buffer.count {
        buffer.deallocate()
        buffer = .allocate(byteCount: bytes.count, alignment: 64)
      }
      buffer.copyBytes(from: bytes)
      return UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count])
    }
  }

  /// The next member; nil at the end.
  package mutating func next() throws(ArchiveError) -> Member? {
    try UTF8Locale.use { () throws(ArchiveError) in
      var entry: OpaquePointer?
      let status = carchive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return nil }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
        throw .damaged(archive)
      }
      let text = { (start: UnsafePointer<CChar>?) in start.map { String(cString: $0) } ?? "" }
      let kind: Kind
      if let target = carchive_entry_hardlink(entry) {
        kind = .hardLink(target: text(target))
      } else {
        switch FileType(rawValue: carchive_entry_filetype(entry)) {
        case .file: kind = .file
        case .folder: kind = .folder
        case .symbolicLink: kind = .symbolicLink(target: text(carchive_entry_symlink(entry)))
        default: kind = .other
        }
      }
      return Member(
        path: text(carchive_entry_pathname(entry)), kind: kind, size: carchive_entry_size(entry))
    }
  }

  /// The next bytes of the member, into a buffer.
  ///
  /// - Returns: how many; 0 at the member's end.
  package mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(ArchiveError) -> Int {
    let count = carchive_read_data(archive, buffer.baseAddress, buffer.count)
    guard count >= 0 else { throw .damaged(archive) }
    return count
  }
}
