import Git
import SystemPackage

extension HistoryRepository {
  /// Writes a git bundle of all that led to a commit: the same bytes whenever it is done.
  ///
  /// - Source: gitformat-bundle(5).
  package func writeBundle(
    of commit: CommitID, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try GitBundle.write(commit.object, as: RepositoryLayout.reference, of: git, to: sink)
  }

  /// Makes a history of a bundle, in a folder that is not there yet.
  ///
  /// - Parameter next: gives the bundle's next bytes; none at the end.
  /// - Throws: `HistoryError` of code `refused` when it is no bundle of a history; the folder is then
  ///   the caller's to remove.
  package static func unbundle(
    at path: FilePath, _ next: () throws -> [UInt8]
  ) throws -> HistoryRepository {
    let (history, existed) = try create(at: path)
    guard !existed else {
      throw HistoryError(code: .notRepository, message: "a history is there already", path: path)
    }
    do {
      var beginning = try next()
      while beginning.count < 64 << 10, case let more = try next(), !more.isEmpty {
        beginning += more
      }
      let bundle = try GitBundle(beginning: beginning)
      guard let tip = bundle.references[RepositoryLayout.reference] else {
        throw HistoryError(
          code: .refused, message: "the bundle has no \(RepositoryLayout.reference)")
      }
      var first: [UInt8]? = Array(beginning[bundle.headerByteCount...])
      try history.git.takePack {
        if let bytes = first, !bytes.isEmpty {
          first = nil
          return bytes
        }
        return try next()
      }
      try history.git.refresh()
      var inspection = HistoryInspection(history)
      try inspection.inspect(CommitID(tip), joining: nil)
      try history.track(RepositoryLayout.reference, tip)
    } catch let error as GitError {
      throw HistoryError(
        code: .refused, message: "the bundle cannot be read: \(error.message)", underlying: error)
    }
    return history
  }
}
