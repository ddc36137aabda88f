import CArchive

extension PackageFormat {
  /// Sets up an archive that is to be written; what each call answered.
  ///
  /// Zstandard gives the same bytes with one thread of its own and with many, but others without.
  func configure(_ archive: OpaquePointer, threads: Int) -> [Int32] {
    let blocks = [
      carchive_write_set_bytes_per_block(archive, 128 << 10),
      carchive_write_set_bytes_in_last_block(archive, 1),
    ]
    switch self {
    case .zip:
      return blocks + [
        carchive_write_set_format_zip(archive),
        carchive_write_set_options(archive, "zip:compression-level=6,zip:hdrcharset=UTF-8"),
      ]
    case .tar: return blocks + [carchive_write_set_format_pax_restricted(archive)]
    case .tarGzip:
      return blocks + [
        carchive_write_set_format_pax_restricted(archive),
        carchive_write_add_filter_gzip(archive),
        carchive_write_set_options(archive, "gzip:compression-level=6,gzip:!timestamp"),
      ]
    case .tarZstandard:
      return blocks + [
        carchive_write_set_format_pax_restricted(archive),
        carchive_write_add_filter_zstd(archive),
        carchive_write_set_options(archive, "zstd:compression-level=3,zstd:threads=\(threads)"),
      ]
    }
  }
}
