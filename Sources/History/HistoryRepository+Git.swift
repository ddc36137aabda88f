import Git
import SystemPackage

extension HistoryRepository {
  /// Reads through libgit2, and says what could not be read.
  func reading<Value>(
    _ what: String, _ body: () throws(GitError) -> Value
  ) throws(HistoryError) -> Value {
    do throws(GitError) {
      return try body()
    } catch {
      throw HistoryError(error, "read \(what)", path)
    }
  }

  /// Reads an object that something else refers to: its absence is damage, too.
  func reading<Value>(
    _ id: GitObjectID, _ body: (GitObjectID) throws(GitError) -> Value
  ) throws(HistoryError) -> Value {
    do throws(GitError) {
      return try body(id)
    } catch {
      guard error.code == .notFound || error.category == .object else {
        throw HistoryError(error, "read the object \(id)", path)
      }
      throw HistoryError(
        code: .corrupt, message: "the object \(id) or one below it is missing or damaged",
        path: path, underlying: error)
    }
  }

  /// Writes through libgit2, and finds out why where the system refused.
  func writing<Value>(
    _ what: String, _ body: () throws(GitError) -> Value
  ) throws(HistoryError) -> Value {
    do throws(GitError) {
      return try body()
    } catch {
      if error.code == .failed, let refusal = layout.root.reasonForRefusal() {
        throw HistoryError(
          code: refusal.code, message: "cannot write \(what): \(refusal.message)", path: path,
          underlying: error)
      }
      throw HistoryError(error, "write \(what)", path)
    }
  }

  /// Where the branch is; nil before the first commit.
  func tip() throws(HistoryError) -> GitObjectID? {
    try reading(RepositoryLayout.reference) { () throws(GitError) in
      try git.target(ofReference: RepositoryLayout.reference)
    }
  }
}
