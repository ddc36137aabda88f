import Git

/// The bytes that a file has as of some commit: equal where the bytes are, and never read to know.
package struct FileVersion: Sendable, Hashable {
  private let object: GitObjectID

  init(_ object: GitObjectID) { self.object = object }
}

extension HistoryRepository {
  /// The version of a file as of a commit; nil when it had none, or a folder, there.
  package func version(
    at path: String, in commit: CommitID
  ) throws(HistoryError) -> FileVersion? {
    guard let entry = try treeEntry(at: path, in: commit), !entry.isTree else { return nil }
    return FileVersion(entry.id)
  }
}
