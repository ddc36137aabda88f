import Archive
import Canonical
import Glibc
import History
import Provenance
import SystemPackage

/// An archive in a file: what `sc archive verify`, `list`, `restore` and `diff` read.
public struct OfflineArchive: Sendable {
  /// What an archive may be at most before it is refused; it may come from anybody.
  public struct Limits: Sendable {
    /// The number of files.
    public var files = PackageLimits().members

    /// The bytes of all files together.
    public var byteCount = PackageLimits().unpackedSize

    /// How many times its own size it may unpack to.
    public var ratio = PackageLimits().ratio

    public init() {}

    var package: PackageLimits {
      var limits = PackageLimits()
      limits.members = files
      limits.unpackedSize = byteCount
      limits.ratio = ratio
      return limits
    }
  }

  public let path: FilePath
  let limits: Limits
  let places: ClientPlaces

  /// - Parameter path: absolute.
  public init(at path: FilePath, limits: Limits = Limits(), _ places: ClientPlaces) {
    self.path = path
    self.limits = limits
    self.places = places
  }

  /// Verifies the archive: every digest, the bag, the crate, the images, the history and its
  /// signatures, without a network and without an engine.
  ///
  /// - Parameters:
  ///   - allowedSigners: the file of those whose signatures count; nil for the configured one.
  ///   - requiresSignatures: whether a commit that nobody known signed is a problem.
  ///   - onProgress: told now and then how many bytes of the file were read, from any thread.
  /// - Throws: `SmartContainersError` of code `corrupt` when it is no whole and harmless package.
  public func verify(
    allowedSigners: String? = nil, requiresSignatures: Bool = false,
    onProgress: @escaping @Sendable (Int64) -> Void = { _ in }
  ) async throws -> ArchiveReport {
    try await inspect(allowedSigners, requiresSignatures, onProgress) {
      $1
    } then: {
      $0
    }
  }

  /// Tells what is in the archive; its digests are checked on the way, its history is not.
  public func list(
    onProgress: @escaping @Sendable (Int64) -> Void = { _ in }
  ) async throws -> ArchiveReport {
    try await inspect(nil, false, checksHistory: false, onProgress) {
      $1
    } then: {
      $0
    }
  }

  /// Inspects the archive, and does something while its history is in a scratch folder.
  ///
  /// - Parameters:
  ///   - body: takes what was found, on the thread that found it.
  ///   - then: goes on with what that returned.
  func inspect<Finding: Sendable, Result: Sendable>(
    _ allowedSigners: String?, _ requiresSignatures: Bool, checksHistory: Bool = true,
    _ onProgress: @escaping @Sendable (Int64) -> Void,
    _ body: @escaping @Sendable (ArchiveInspection, ArchiveReport) throws -> Finding,
    then: (Finding) async throws -> Result
  ) async throws -> Result {
    do {
      let scratch = try await BlockingWork.run { [byteCount, temporaryFolder] in
        try MemoryFolder(in: ["/dev/shm", temporaryFolder], forArchiveOf: byteCount)
      }
      defer { scratch.remove() }
      let found = try await BlockingWork.run(cancellable: { [path, limits, places] isCancelled in
        let inspection = ArchiveInspection(
          limits.package, scratch: scratch.path, checksHistory: checksHistory,
          isCancelled: isCancelled
        ) { history in
          var policy = VerificationPolicy(
            verifier: try HistoryReader.verifier(for: history, allowedSigners, places))
          policy.requiresSignatures = requiresSignatures
          return policy
        }
        let report = try inspection.verify(path, onProgress: onProgress)
        return try body(inspection, report)
      })
      return try await then(found)
    } catch let error as ArchiveError {
      throw Self.explained(error, path)
    } catch let error as HistoryError {
      throw SmartContainersError(describing: error)
    }
  }

  /// The bytes of its file; 0 where there is none.
  private var byteCount: Int64 {
    var status = stat()
    return stat(path.string, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Where files are on a disk for a moment.
  private var temporaryFolder: FilePath {
    places.environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil } ?? "/tmp"
  }

  static func explained(_ error: ArchiveError, _ path: FilePath) -> SmartContainersError {
    SmartContainersError(
      .failed, "\(path.lastComponent?.string ?? "the archive"): \(error.message)",
      hint: [.notFound, .unreadable, .exists, .unwritable, .full].contains(error.code)
        ? nil : "Nothing of it was placed or loaded.", cause: error)
  }
}
