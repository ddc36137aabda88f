import CArchive

/// How a member of a package is compressed by itself.
package enum Compression: Sendable {
  /// RFC 1952.
  case gzip

  /// RFC 8878.
  case zstandard

  /// What the first bytes say; nil where they say neither.
  package init?(head: some Sequence<UInt8>) {
    let head = Array(head.prefix(4))
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head == [0x28, 0xB5, 0x2F, 0xFD] {
      self = .zstandard
    } else {
      return nil
    }
  }

  var filter: Int32 { self == .gzip ? ARCHIVE_FILTER_GZIP : ARCHIVE_FILTER_ZSTD }
}
