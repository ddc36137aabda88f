import CArchive

/// The library as a whole.
package enum LibArchive {
  /// `libarchive 3.6.2`; nil when it is not there.
  package static var version: String? {
    carchive_load() == nil ? carchive_version().map { String(cString: $0) } : nil
  }
}
