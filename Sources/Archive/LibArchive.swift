import CArchive

/// The library as a whole.
package enum LibArchive {
  /// `3.6.2`; nil when it is not there.
  package static var version: String? {
    guard carchive_load() == nil, let text = carchive_version() else { return nil }
    return String(cString: text).split(separator: " ").last.map(String.init)
  }

  /// - Throws: `ArchiveError` of code `missingLibrary` when it is not there.
  static func require() throws(ArchiveError) {
    guard let missing = carchive_load() else { return }
    throw ArchiveError(
      .missingLibrary, call: "dlopen",
      "libarchive is needed for packages, and \(String(cString: missing)) is not there; "
        + "install the Debian package libarchive13")
  }
}
