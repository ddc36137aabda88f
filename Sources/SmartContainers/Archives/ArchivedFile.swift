import Canonical
import SystemPackage

/// A file of this host that goes into an archive.
struct ArchivedFile: Sendable {
  /// Where its bytes are: where it was, or in the history's large content.
  let source: FilePath

  /// Where it was, or what it is called.
  let hostPath: String
  let digest: SHA256Digest
  let byteCount: Int64
  var isExecutable = false

  /// What the crate says of it.
  let description: String
}
