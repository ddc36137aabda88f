import CRaptor

/// The library as a whole.
package enum LibRaptor {
  /// `2.0.15`; nil when it is not there.
  package static var version: String? {
    // Set once, before the loader answers.
    craptor_load() == nil ? craptor_library_version().map { String(cString: $0) } : nil
  }
}
