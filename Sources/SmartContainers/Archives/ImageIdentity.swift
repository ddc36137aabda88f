import Canonical
import DockerEngine

/// What tells an image from others on any engine: the digest of its configuration, and its layers.
///
/// An engine's id is the digest of the configuration, of the manifest or of an index, by its store, so
/// that the same image has another one elsewhere.
struct ImageIdentity: Sendable, Hashable {
  let id: String
  let layers: [String]

  init(_ inspection: ImageInspection) {
    id = inspection.id
    layers = inspection.layers
  }

  /// Whether it is the image whose configuration has that digest.
  ///
  /// - Parameter snapshot: the layers of that image; nil where nobody knows them.
  func isSame(as identity: SHA256Digest, snapshot: [String]?) -> Bool {
    let digits = id.hasPrefix("sha256:") ? String(id.dropFirst(7)) : id
    return digits == identity.hexadecimal || !layers.isEmpty && layers == snapshot
  }
}
