import Curl
import Git
import Glibc
import HTTP
import History
import SystemPackage

/// A history and its remotes: what `sc remote`, `fetch`, `pull` and `push` do.
///
/// What goes over the network blocks the history's own thread, and ends soon after the task is
/// cancelled.
public struct Sharing: Sendable {
  let store: HistoryStore
  let places: ClientPlaces
  let report: @Sendable (SharingProgress) -> Void

  /// - Parameter report: is told how it goes, on the history's thread.
  public init(
    _ store: HistoryStore, _ places: ClientPlaces,
    report: @escaping @Sendable (SharingProgress) -> Void = { _ in }
  ) {
    self.store = store
    self.places = places
    self.report = report
  }

  /// Gets what a remote has and is not here. The history itself stays as it is.
  ///
  /// - Parameters:
  ///   - name: the remote's; nil for the one that the history is pulled from.
  ///   - prunes: whether branches that are gone there are forgotten here.
  ///   - isDryRun: whether it is only asked.
  /// - Returns: where it was fetched from, and the branches that are not where they were.
  public func fetch(
    _ name: String? = nil, prunes: Bool = false, isDryRun: Bool = false
  ) async throws -> (url: String, changes: [BranchChange]) {
    try await work { history in
      let remote = try remote(name, of: history)
      return (
        remote.url, try fetch(remote, into: history, prunes: prunes, isDryRun: isDryRun).changes
      )
    }
  }

  /// Fetches, and joins the remote's branch into the history.
  ///
  /// - Parameters:
  ///   - name: the remote's; nil for the one that the history is pulled from.
  ///   - branch: its branch; nil for the one that the history is pulled from.
  ///   - isDryRun: whether it is only asked.
  /// - Returns: where it was fetched from, the branches that are not where they were, and what came
  ///   of joining; nil when it was only asked: nobody knows before the commits are here.
  public func pull(
    _ name: String? = nil, branch: String? = nil, isDryRun: Bool = false
  ) async throws -> (url: String, changes: [BranchChange], result: JoinResult?) {
    try await work { history in
      let remote = try remote(name, of: history)
      var upstream = try upstream(remote, branch, of: history)
      var fetched = try fetch(remote, only: upstream.branch, into: history, isDryRun: isDryRun)
      if fetched.isMissing {
        try refuseIfGone(upstream, history)
        guard let other = try otherBranch(than: upstream, isNamed: branch != nil, remote, history)
        else {
          // Nothing was pushed there yet.
          if try !isDryRun && history.upstream() == nil { try history.setUpstream(upstream) }
          return (remote.url, [], .upToDate)
        }
        upstream = other
        fetched = try fetch(remote, only: upstream.branch, into: history, isDryRun: isDryRun)
      }
      let changes = fetched.changes
      if isDryRun {
        let known = try changes.isEmpty ? history.commit(of: upstream) : nil
        let isHere = try known.map { try history.aheadAndBehind($0).behind == 0 } ?? false
        return (remote.url, changes, isHere ? .upToDate : nil)
      }
      let result = try join(upstream, from: remote.url, in: history)
      if try history.upstream() == nil { try history.setUpstream(upstream) }
      return (remote.url, changes, JoinResult(result))
    }
  }

  /// Refuses a branch that the remote had and no longer has: it is no news that may be passed over.
  private func refuseIfGone(_ upstream: Upstream, _ history: HistoryRepository) throws {
    guard let last = try history.commit(of: upstream) else { return }
    let (remote, branch) = (upstream.remote, upstream.branch)
    let isJoined = try history.aheadAndBehind(last).behind == 0
    let command =
      isJoined
      ? "sc push \(remote) \(branch)"
      : "git --git-dir=\(history.path) push \(remote) \(last):refs/heads/\(branch)"
    throw SmartContainersError(
      .failed, "\(remote) no longer has the branch \(branch)",
      hint: "What it had is here: \(command) brings it back, unless it was given up on purpose.")
  }

  /// The branch that is pulled where the wanted one is not there: a history that has nothing yet, and
  /// names none, follows the only one that the remote has.
  ///
  /// - Returns: nil where the remote has none.
  private func otherBranch(
    than wanted: Upstream, isNamed: Bool, _ remote: HistoryRemote, _ history: HistoryRepository
  ) throws -> Upstream? {
    let names = try history.branches(
      at: remote.url, over: connector(to: remote.url, of: remote, for: history))
    if names.isEmpty, !isNamed { return nil }
    if try names.count == 1 && !isNamed && history.head() == nil {
      return Upstream(remote: remote.name, branch: names[0])
    }
    throw SmartContainersError(
      .failed, "couldn't find remote branch \(wanted.branch)",
      hint: names.isEmpty
        ? "Nothing was pushed there yet."
        : "The remote has \(names.prefix(10).joined(separator: ", ")): name one of them.")
  }

  /// - Parameters:
  ///   - url: where from; nil for where the remote is fetched from.
  ///   - branch: the only one that is wanted; nil for all.
  @discardableResult
  func fetch(
    _ remote: HistoryRemote, from url: String? = nil, only branch: String? = nil,
    into history: HistoryRepository, prunes: Bool = false, isDryRun: Bool = false
  ) throws -> (changes: [BranchChange], isMissing: Bool) {
    let url = url ?? remote.url
    let fetched = try history.fetch(
      remote.name, from: url, over: try connector(to: url, of: remote, for: history),
      with: GitProgram(in: places.environment), patience: store.configuration.remoteTimeout,
      only: branch, prunes: prunes, isDryRun: isDryRun, report: tell
    )
    return (fetched.changes.map { BranchChange($0, of: remote.name) }, fetched.areMissing)
  }

  func tell(_ progress: GitProgress) throws {
    try Task.checkCancellation()
    report(SharingProgress(progress))
  }

  func join(
    _ upstream: Upstream, from url: String, in history: HistoryRepository
  ) throws -> MergeResult {
    guard let commit = try history.commit(of: upstream) else { return .upToDate }
    let (author, committer) = store.signers
    return try history.merge(
      commit, subject: "Merge branch '\(upstream.branch)' of \(Remote.shown(url))", author: author,
      committer: committer, at: SystemClock.now())
  }

  func remote(
    _ name: String?, of history: HistoryRepository
  ) throws -> HistoryRemote {
    let remotes = try history.remotes()
    let wanted = try name ?? history.upstream()?.remote
    if let wanted {
      if let remote = remotes.first(where: { $0.name == wanted }) { return remote }
      throw HistoryError(code: .noSuchRemote, message: "no such remote: \(wanted)")
    }
    if let only = remotes.first(where: { $0.name == "origin" }) ?? remotes.first,
      remotes.count == 1 || only.name == "origin"
    {
      return only
    }
    throw SmartContainersError(
      .failed,
      remotes.isEmpty
        ? "this history has no remote" : "this history has several remotes, and none is its own",
      hint: remotes.isEmpty
        ? "Add one with sc remote add origin URL." : "Name one of them; sc remote lists them.")
  }

  func upstream(
    _ remote: HistoryRemote, _ branch: String?, of history: HistoryRepository
  ) throws -> Upstream {
    if let branch { return try Upstream(remote: remote.name, naming: branch) }
    if let known = try history.upstream(), known.remote == remote.name { return known }
    return Upstream(remote: remote.name, branch: "main")
  }

  func connector(
    to address: String, of remote: HistoryRemote, for history: HistoryRepository
  ) throws -> any GitConnector {
    guard let parsed = GitAddress(address) else {
      throw GitRemoteError(
        .address, "this is no address that can be reached: \(Remote.shown(address))")
    }
    let limit = store.configuration.remoteTimeout
    let settings = try history.gitSettings()
    guard case .http(let url) = parsed else {
      return DirectConnector(
        to: parsed, settings, environment: places.environment, limit: limit,
        isCancelled: { Task.isCancelled })
    }
    let address: WebAddress
    do throws(WebError) {
      address = try WebAddress(url)
    } catch {
      throw GitRemoteError(.address, error.message)
    }
    let netrc = places.home.flatMap { try? TextFile.read($0.appending(".netrc")) }
    return WebConnector(
      to: address,
      { [places] in WebSettings(for: $0, settings, of: remote.name, places, limit: limit) },
      credentials: CredentialSource(
        for: address, netrc: netrc, environment: places.environment, gitFolder: history.path),
      spoolFolder: history.path.appending("sc"), isCancelled: { Task.isCancelled })
  }

  /// Does something with the history, and explains what goes wrong.
  func work<Result: Sendable>(
    _ body: @Sendable (HistoryRepository) throws -> Result
  ) async throws -> Result {
    do {
      return try await store.queue.with(body)
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
