import SystemPackage

/// Where a history is looked for.
package enum HistoryLocation {
  /// The name of the folder.
  package static let name = ".sc"

  /// Finds the history to use: the explicit one, else the environment's, else the nearest
  /// `.sc` in `directory` or above it, else the one in `home`.
  ///
  /// Only the path is found; opening it may still be refused. A path that was named and has
  /// nothing is an error, not a reason to look further.
  /// - Parameters:
  ///   - explicit: the repository itself, from the command line.
  ///   - environment: the repository itself, from `SC_DIR`.
  ///   - directory: where to begin; absolute.
  ///   - home: the folder that has the user's own `.sc`.
  package static func find(
    explicit: FilePath?, environment: FilePath?, from directory: FilePath,
    home: @autoclosure () -> FilePath?
  ) throws(HistoryError) -> FilePath {
    if let named = explicit ?? environment {
      guard FileOwner.of(named) != nil else {
        throw HistoryError(code: .notFound, message: "there is no history", path: named)
      }
      return named
    }
    var current = directory.lexicallyNormalized()
    while true {
      let candidate = current.appending(name)
      if RepositoryLayout(candidate).isRepository { return candidate }
      let parent = current.removingLastComponent()
      if parent == current || parent.isEmpty { break }
      current = parent
    }
    if let candidate = home()?.appending(name), RepositoryLayout(candidate).isRepository {
      return candidate
    }
    throw HistoryError(
      code: .notFound, message: "there is no history here or above", path: directory)
  }

  /// Whether a folder is a git repository itself.
  package static func isRepository(_ path: FilePath) -> Bool { RepositoryLayout(path).isRepository }

  /// Whether there is anything at a path, but an empty folder.
  package static func isTaken(_ path: FilePath) -> Bool {
    switch FileOwner.of(path) {
    case nil: false
    case .folder: (try? Folder(path).names().isEmpty) != true
    case .file, .refused: true
    }
  }

  /// Removes a history that has just been made, and what is in it.
  package static func remove(_ path: FilePath) { Folder(path).removeAll() }

  /// The names in a folder, in no order; none where it cannot be read.
  package static func names(in path: FilePath) -> [String] { (try? Folder(path).names()) ?? [] }
}

extension RepositoryLayout {
  /// Whether a git repository stands here, as far as one may look: one that may not be read,
  /// or is another user's, is found and then refused by its own error.
  var isRepository: Bool {
    guard case .folder = FileOwner.of(root.path) else { return false }
    switch FileOwner.of(root.file("HEAD")) {
    case nil: return false
    case .refused(let errno): return errno == .permissionDenied
    case .file, .folder: return true
    }
  }
}
