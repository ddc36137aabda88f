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

  /// What two files have in common that are packed as one.
  struct Identity: Hashable {
    let digest: SHA256Digest
    let isExecutable: Bool
  }

  var identity: Identity { Identity(digest: digest, isExecutable: isExecutable) }

  /// What the crate says of it.
  let description: String
}
