import Canonical
import SystemPackage

/// A file of a run that goes into an archive.
struct ArchivedFile: Sendable {
  /// Where its bytes are: where it was, or in the history's large content.
  let source: FilePath

  /// Where it was.
  let hostPath: String
  let containerPath: String
  let digest: SHA256Digest
  let byteCount: Int64
  let isExecutable: Bool
}
