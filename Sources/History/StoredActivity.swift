import Canonical
import Git

/// Where the document of an activity is stored: found once, read as often as it is wanted.
package struct StoredActivity: Sendable, Hashable {
  /// The object that holds the document's bytes.
  let object: GitObjectID
}

extension HistoryRepository {
  /// Goes through the activities that a commit's tree has, the oldest hour first; the tip's by
  /// default.
  ///
  /// Reads the folders and no document: about 0.1 µs an activity.
  package func visitActivities(
    in commit: CommitID? = nil, _ visit: (ActivityID, StoredActivity) throws -> Void
  ) throws {
    guard let commit = try commitOrHead(commit),
      let root = try tree(at: ActivityPath.root, in: commit)
    else { return }
    try visitActivities(below: root, depth: 0, visit)
  }

  /// - Parameter depth: 0 for all years, 4 for one hour.
  private func visitActivities(
    below folder: GitObjectID, depth: Int, _ visit: (ActivityID, StoredActivity) throws -> Void
  ) throws {
    for entry in try entries(folder) {
      if depth < 4, entry.isTree {
        try visitActivities(below: entry.id, depth: depth + 1, visit)
      } else if depth == 4, !entry.isTree, entry.name.hasSuffix(ActivityPath.suffix),
        let id = ActivityID(String(entry.name.dropLast(ActivityPath.suffix.utf8.count)))
      {
        try visit(id, StoredActivity(object: entry.id))
      }
    }
  }

  /// The bytes of a stored document.
  ///
  /// - Throws: `corrupt` for one that is missing or damaged, `invalid` for one that is larger than
  ///   any record, of which nothing was read.
  package func document(_ stored: StoredActivity) throws(HistoryError) -> [UInt8] {
    let count = try reading(stored.object) { (id) throws(GitError) in try git.byteCount(of: id) }
    guard count <= ActivityPath.largestDocument else {
      throw HistoryError(
        code: .invalid, message: "it has \(count) bytes, and no record is as large")
    }
    return try reading(stored.object) { (id) throws(GitError) in try git.object(id).bytes }
  }
}
