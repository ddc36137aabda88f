import Git
import SystemPackage

/// What went wrong with a history.
package struct HistoryError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure that a caller can tell apart.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// There is no history there.
    package static let notFound = Code(rawValue: "notFound")
    /// What stands at the path is a file, or a folder that is no history.
    package static let notRepository = Code(rawValue: "notRepository")
    /// The history is another user's, and git refuses those.
    package static let notOwned = Code(rawValue: "notOwned")
    package static let permissionDenied = Code(rawValue: "permissionDenied")
    package static let readOnly = Code(rawValue: "readOnly")
    package static let diskFull = Code(rawValue: "diskFull")
    /// Others kept the history busy for longer than the limit.
    package static let busy = Code(rawValue: "busy")
    /// Something stored is damaged; the message names it.
    package static let corrupt = Code(rawValue: "corrupt")
    /// The history was written by a newer version.
    package static let unsupportedFormat = Code(rawValue: "unsupportedFormat")
    /// The history lacks its older part.
    package static let shallow = Code(rawValue: "shallow")
    package static let ambiguous = Code(rawValue: "ambiguous")
    package static let noSuchRevision = Code(rawValue: "noSuchRevision")
    package static let noSuchRemote = Code(rawValue: "noSuchRemote")
    /// What a remote has, or what is to be pushed, is not what a history may have.
    package static let refused = Code(rawValue: "refused")
    /// What a remote has is something else than a history.
    package static let notHistory = Code(rawValue: "notHistory")
    /// A record, or a path in it, that cannot be stored.
    package static let invalid = Code(rawValue: "invalid")
    package static let io = Code(rawValue: "io")
    /// What is to be committed cannot be signed.
    package static let unsigned = Code(rawValue: "unsigned")
  }

  package let code: Code
  package let message: String
  package let path: FilePath?

  /// What the layer below said.
  package let underlying: (any Error & Sendable)?

  package init(
    code: Code, message: String, path: FilePath? = nil,
    underlying: (any Error & Sendable)? = nil
  ) {
    self.code = code
    self.message = message
    self.path = path
    self.underlying = underlying
  }

  package var description: String { path.map { "\(message): \($0)" } ?? message }
}

extension HistoryError {
  /// A system call that failed while doing something to a path.
  init(_ errno: Errno, _ action: String, _ path: FilePath) {
    let code: Code =
      switch errno {
      case .readOnlyFileSystem: .readOnly
      case .noSpace, .diskQuotaExceeded: .diskFull
      case .permissionDenied, .notPermitted: .permissionDenied
      case .noSuchFileOrDirectory: .notFound
      case .notDirectory, .isDirectory: .notRepository
      default: .io
      }
    self.init(code: code, message: "cannot \(action): \(errno)", path: path, underlying: errno)
  }

  /// A failure of libgit2, by its code.
  init(_ error: GitError, _ action: String, _ path: FilePath) {
    let code: Code =
      switch error.code {
      case .locked, .moved: .busy
      case .ambiguous: .ambiguous
      case .notOwned: .notOwned
      case .mismatch: .corrupt
      case .invalidName: .invalid
      case .unsigned: .unsigned
      default: error.category == .object ? .corrupt : .io
      }
    self.init(
      code: code, message: "cannot \(action): \(error.message)", path: path, underlying: error)
  }
}
