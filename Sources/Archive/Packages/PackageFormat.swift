import SystemPackage

/// How a package is one file.
package enum PackageFormat: String, Sendable, CaseIterable {
  /// Tar in Zstandard (RFC 8878): the default, small and fast both ways.
  case tarZstandard = "tar.zst"
  /// Tar in gzip (RFC 1952), for machines without zstd.
  case tarGzip = "tar.gz"
  /// Tar alone, for content that is compressed already.
  case tar = "tar"
  /// Zip, for machines without tar.
  case zip = "zip"

  /// What a file's name ends in, with the dot.
  package var suffix: String { "." + rawValue }

  /// The format that a file's name asks for.
  ///
  /// - Throws: `ArchiveError` of code `format` when the name ends in none of the suffixes, or
  ///   nothing stands before it.
  package init(named file: FilePath) throws(ArchiveError) {
    let name = file.lastComponent?.string ?? ""
    let found = Self.allCases.first {
      name.hasSuffix($0.suffix) && name.utf8.count > $0.suffix.utf8.count
    }
    guard let found else {
      let suffixes = Self.allCases.map(\.suffix).joined(separator: ", ")
      throw ArchiveError(
        .format, call: "format",
        "'\(MemberName.shown(name))' says no format of a package: end its name in one of \(suffixes)"
      )
    }
    self = found
  }
}
