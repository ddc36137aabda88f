import Git
import Synchronization
import SystemPackage

/// A `.sc` repository: the committed history, and the journal of what is not committed yet.
///
/// Every function blocks; call it on a thread that may. Any number of threads and processes
/// may use one history.
package final class HistoryRepository: Sendable {
  /// The numbers that a caller may have otherwise.
  package struct Limits: Sendable {
    /// How long a commit is tried again while others keep the reference from it.
    package var busy: Duration

    /// The number of committed operations that make consolidating worth its sync.
    package var checkpointBatch: Int

    /// The number of packs of about the same size that are made into one.
    package var packsOfASize: Int

    package init(
      busy: Duration = .seconds(30), checkpointBatch: Int = 50, packsOfASize: Int = 10
    ) {
      self.busy = busy
      self.checkpointBatch = checkpointBatch
      self.packsOfASize = packsOfASize
    }
  }

  /// What a history is opened for.
  package enum Purpose: Sendable {
    case reading
    /// Makes the unversioned folder complete, and repairs what a power cut left.
    case writing
  }

  /// The version of the format that this code writes, and the highest that it reads.
  package static let formatVersion: Int32 = 1
  static let formatVersionName = "sc.formatVersion"

  /// Whether libgit2 needs no loading.
  package static var hasLibrary: Bool { LibGit2.isLinked }

  /// Loads libgit2 now rather than at the first use; a failure shows there.
  package static func loadLibrary() { LibGit2.load() }

  /// The version of libgit2; nil when it is not there.
  package static var libraryVersion: String? { LibGit2.version }

  /// The folder of the repository.
  package let path: FilePath

  package let limits: Limits

  /// The operations that are not committed, or not synced, yet.
  package let journal: Journal

  let git: GitRepository
  let layout: RepositoryLayout

  /// The commits that were inspected and found good, each with where the branch was.
  let inspected = Mutex<Set<[GitObjectID?]>>([])

  /// Who signs what is committed; nil for nobody.
  private let ownSigner = Mutex<GitSigner?>(nil)

  init(_ git: GitRepository, limits: Limits) {
    self.git = git
    self.limits = limits
    path = git.path
    layout = RepositoryLayout(git.path)
    journal = Journal(layout)
  }
}

extension HistoryRepository {
  /// Who signs what is committed; nil for nobody.
  package var signer: GitSigner? { ownSigner.withLock { $0 } }

  /// Signs whatever is committed from now on; nil signs nothing.
  package func sign(with signer: GitSigner?) { ownSigner.withLock { $0 = signer } }

  /// Opens the history that is that very folder.
  ///
  /// - Returns: the history, and what was repaired; nil when nothing had to be.
  package static func open(
    at path: FilePath, for purpose: Purpose = .reading, limits: Limits = Limits()
  ) throws(HistoryError) -> (history: HistoryRepository, repair: HistoryRepair?) {
    let git: GitRepository
    do throws(GitError) {
      git = try GitRepository.open(at: path)
    } catch {
      throw explanation(of: error, opening: path)
    }
    let history = HistoryRepository(git, limits: limits)
    try history.checkFormat()
    return (history, purpose == .writing ? try history.prepareToWrite() : nil)
  }

  /// Makes the unversioned folder complete, and repairs what a power cut left.
  ///
  /// - Returns: what was repaired; nil when nothing had to be.
  package func prepareToWrite() throws(HistoryError) -> HistoryRepair? {
    try completeLocalFolder()
    return try repairIfNeeded()
  }

  private func checkFormat() throws(HistoryError) {
    let (isShallow, isBare, version) = try reading("the configuration") {
      () throws(GitError) in
      (
        try git.isShallow, try git.isBare,
        try git.configuredInteger(Self.formatVersionName) ?? Self.formatVersion
      )
    }
    guard isBare else {
      throw HistoryError(
        code: .notRepository, message: "not a history: a git repository with a work tree",
        path: path)
    }
    guard version <= Self.formatVersion else {
      throw HistoryError(
        code: .unsupportedFormat,
        message: "the history has format \(version), this program knows \(Self.formatVersion)",
        path: path)
    }
    guard !isShallow else {
      throw HistoryError(
        code: .shallow, message: "the history is shallow: its older part is missing", path: path)
    }
  }

  /// Why libgit2 does not open a path. It answers "not found" for most reasons, even for
  /// another user's repository, so the path is looked at.
  static func explanation(of error: GitError, opening path: FilePath) -> HistoryError {
    if error.code == .notOwned { return notOwned(path, error) }
    guard let owner = FileOwner.of(path) else {
      return HistoryError(.noSuchFileOrDirectory, "open", path)
    }
    switch owner {
    case .refused(let errno): return HistoryError(errno, "open", path)
    case .file:
      return HistoryError(
        code: .notRepository, message: "not a history: a file", path: path, underlying: error)
    case .folder(let isOurs):
      if !isOurs { return notOwned(path, error) }
      if let refusal = FileOwner.refusal(toRead: path.appending("HEAD")),
        refusal != .noSuchFileOrDirectory
      {
        return HistoryError(refusal, "open", path)
      }
      if error.message.contains("extensions.objectformat") {
        return HistoryError(
          code: .notRepository,
          message:
            "not a history: a git repository whose objects have SHA-256 names, not SHA-1 ones",
          path: path, underlying: error)
      }
      guard error.code == .notFound else { return HistoryError(error, "open", path) }
      return HistoryError(
        code: .notRepository, message: "not a history: a folder without a git repository",
        path: path, underlying: error)
    }
  }

  private static func notOwned(_ path: FilePath, _ error: GitError) -> HistoryError {
    HistoryError(
      code: .notOwned,
      message: "the history is another user's; git's safe.directory can allow it", path: path,
      underlying: error)
  }
}
