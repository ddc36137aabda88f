import Git
import History
import SystemPackage

/// Brings large content to one remote, or gets it from there.
struct ContentExchange: Sendable {
  let remote: HistoryRemote
  let direction: ContentDirection

  /// The branch for which it is done, without `refs/heads/`.
  let branch: String
  let places: ClientPlaces

  /// How long a server may be silent.
  let limit: Duration
  let report: @Sendable (SharingProgress) -> Void

  private let settings: [GitSetting]
  private let store: ContentStore
  private let gitFolder: FilePath

  /// How many objects go at once, where git's configuration says nothing.
  private static let width = 4
  private static let widestWidth = 16

  init(
    _ direction: ContentDirection, with remote: HistoryRemote, of history: HistoryRepository,
    branch: String, _ places: ClientPlaces, limit: Duration,
    report: @escaping @Sendable (SharingProgress) -> Void
  ) throws {
    self.remote = remote
    self.direction = direction
    self.branch = branch
    self.places = places
    self.limit = limit
    self.report = report
    settings = try history.gitSettings()
    store = history.content
    gitFolder = history.path
  }

  /// Whether a history may be pushed of which content is nowhere (`lfs.allowincompletepush`). What
  /// is neither here nor there cannot be brought there by anybody who waits, so that, other than
  /// to git, it may unless somebody says that it may not.
  var allowsIncompletePush: Bool {
    let value = setting("lfs.allowincompletepush")?.lowercased()
    return !["false", "no", "off", "0"].contains(value)
  }

  private func setting(_ name: String) -> String? { settings.last { $0.name == name }?.value }

  private var width: Int {
    let wanted = setting("lfs.concurrenttransfers").flatMap { Int($0) } ?? Self.width
    return min(max(1, wanted), Self.widestWidth)
  }

  /// Transfers what pointers stand for.
  ///
  /// - Throws: `GitRemoteError`, `HistoryError`, and `ContentError` where nothing can be
  ///   transferred, but for a remote that does not speak Git LFS.
  func run(_ pointers: [ContentPointer]) async throws -> ContentReport {
    var seen: Set<LargeContent> = []
    let unique = pointers.filter { seen.insert($0.content).inserted }
    let progress = ContentProgress(
      direction, objects: unique.count, bytes: unique.totalByteCount(\.content.byteCount),
      report)
    do {
      let results = try await transfer(unique.map(\.content), progress)
      return Self.summary(of: unique, results)
    } catch let error as ContentError where error.kind == .noServer {
      var report = ContentReport()
      report.refusal = error.message
      report.failures = unique.map { .init(item: KeptItem($0), reason: error.message) }
      return report
    }
  }

  private func transfer(
    _ objects: [LargeContent], _ progress: ContentProgress
  ) async throws -> [LargeContent: CarryResult] {
    let endpoint = try ContentEndpoint(of: remote, for: direction, settings)
    if case .folder(let path) = endpoint {
      let other = try Self.folder(at: path)
      let carrier = FolderCarrier(
        source: direction == .upload ? store : other,
        target: direction == .upload ? other : store, direction: direction, progress: progress)
      return try await ContentQueue(carrier: carrier, width: width).run(objects)
    }
    let address = direction == .upload ? remote.pushURL : remote.url
    let server = ContentServer(
      .init(
        endpoint: endpoint, remote: remote.name, repository: address, settings: settings,
        places: places, gitFolder: gitFolder, limit: limit), direction)
    let carrier = WebCarrier(
      server: server, store: store, direction: direction, reference: "refs/heads/\(branch)",
      progress: progress)
    do {
      return try await ContentQueue(carrier: carrier, width: width).run(objects)
    } catch let error as ContentError where error.kind == .refused && isGitProtocol(address) {
      // There may be a server of that name, and most often there is none.
      throw ContentError(.noServer, error.message)
    }
  }

  private func isGitProtocol(_ address: String) -> Bool {
    guard case .git = GitAddress(address) else { return false }
    return true
  }

  /// The store of a repository in a folder, which may have a work tree around it.
  private static func folder(at path: String) throws -> ContentStore {
    let path = FilePath(path)
    for candidate in [path, path.appending(".git")]
    where HistoryLocation.isRepository(candidate) {
      return ContentStore(ofRepositoryAt: candidate)
    }
    throw GitRemoteError(.notFound, "there is no repository at \(path)")
  }

  private static func summary(
    of pointers: [ContentPointer], _ results: [LargeContent: CarryResult]
  ) -> ContentReport {
    var report = ContentReport()
    for pointer in pointers {
      let item = KeptItem(pointer)
      switch results[pointer.content] {
      case .carried: report.transferred.append(item)
      case .present: report.present.append(item)
      case .missing: report.missing.append(item)
      case .failed(let error): report.failures.append(.init(item: item, reason: error.message))
      case nil: report.failures.append(.init(item: item, reason: "nobody answered for it"))
      }
    }
    return report
  }
}
