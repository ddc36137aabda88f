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

  /// The most times that a history is joined because the remote moved meanwhile.
  private static let attempts = 100

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
        remote.url, try fetch(remote, into: history, prunes: prunes, isDryRun: isDryRun)
      )
    }
  }

  /// Fetches, and joins the remote's branch into the history.
  ///
  /// - Parameters:
  ///   - name: the remote's; nil for the one that the history is pulled from.
  ///   - branch: its branch; nil for the one that the history is pulled from.
  public func pull(
    _ name: String? = nil, branch: String? = nil
  ) async throws -> (url: String, changes: [BranchChange], result: JoinResult) {
    try await work { history in
      let remote = try remote(name, of: history)
      let upstream = try upstream(remote, branch, of: history)
      let changes = try fetch(remote, into: history)
      guard try history.commit(of: upstream) != nil else {
        // Nothing was pushed there yet.
        if try history.upstream() == nil { try history.setUpstream(upstream) }
        if branch == nil { return (remote.url, changes, .upToDate) }
        throw HistoryError(
          code: .noSuchRevision, message: "couldn't find remote branch \(upstream.branch)")
      }
      let result = try join(upstream, from: remote.url, in: history)
      if try history.upstream() == nil { try history.setUpstream(upstream) }
      return (remote.url, changes, JoinResult(result))
    }
  }

  /// Brings the history to a remote. Where the remote has what is not here, that is joined first.
  ///
  /// - Parameters:
  ///   - name: the remote's; nil for the one that the history is pulled from.
  ///   - branch: its branch; nil for the one that the history is pulled from.
  ///   - joins: whether the remote's history is joined where it has gone another way.
  ///   - isDryRun: whether it is only asked.
  ///   - runsHook: whether the user's hook `pre-push` is asked first.
  public func push(
    _ name: String? = nil, branch: String? = nil, joins: Bool = true, isDryRun: Bool = false,
    runsHook: Bool = true
  ) async throws -> PushReport {
    let place = try await work { history in
      let remote = try remote(name, of: history)
      return (remote: remote, upstream: try upstream(remote, branch, of: history))
    }
    var report = PushReport(
      remote: place.remote.name, branch: place.upstream.branch, url: place.remote.pushURL)
    var seenTo: Set<LargeContent> = []
    while true {
      let wanted: [ContentPointer]
      (report, wanted) = try await work { [report, seenTo] history in
        try push(
          history, to: place.upstream, of: place.remote, joins, isDryRun, runsHook, seenTo, report)
      }
      guard !wanted.isEmpty else { return report }
      if isDryRun {
        report.content.transferred = wanted.map { KeptItem($0) }
      } else {
        report.content.add(
          try await upload(wanted, to: place.remote, branch: place.upstream.branch))
      }
      seenTo.formUnion(wanted.map(\.content))
    }
  }

  /// - Parameters:
  ///   - seenTo: the content that was brought there, or need not be.
  ///   - report: what was done before.
  /// - Returns: what was done, and the content that must be seen to first; none when all is done.
  private func push(
    _ history: HistoryRepository, to upstream: Upstream, of remote: HistoryRemote, _ joins: Bool,
    _ isDryRun: Bool, _ runsHook: Bool, _ seenTo: Set<LargeContent>, _ report: PushReport
  ) throws -> (PushReport, [ContentPointer]) {
    var report = report
    let connector = try connector(to: remote.pushURL, for: history)
    let hook =
      runsHook ? try LocalHook("pre-push", of: history, environment: places.environment) : nil
    let check = { (line: String) in
      guard let problem = hook?.run([remote.name, remote.pushURL], input: Array(line.utf8)) else {
        return
      }
      throw SmartContainersError(
        .failed, "nothing was pushed: \(problem)",
        hint: "What it said above tells why; --no-verify pushes without asking it.")
    }
    for attempt in 0..<Self.attempts {
      let result = try history.push(
        to: upstream, over: connector, with: GitProgram(in: places.environment),
        contentIsThere: seenTo.contains, isDryRun: isDryRun, check: check, report: tell)
      switch result {
      case .upToDate: return (try settingUpstream(upstream, of: history, isDryRun, report), [])
      case .pushed(let old, let new):
        (report.old, report.new) = (old?.description, new.description)
        return (try settingUpstream(upstream, of: history, isDryRun, report), [])
      case .wantsContent(let pointers): return (report, pointers)
      case .rejected(let reason):
        // Of two who push at once one is told that the branch is locked, or is elsewhere.
        _ = try fetch(remote, into: history)
        guard joins, let there = try history.commit(of: upstream),
          try history.aheadAndBehind(there).behind > 0
        else { throw rejection(reason, upstream) }
      case .behind:
        guard joins else { throw rejection("fetch first", upstream) }
        _ = try fetch(remote, into: history)
      }
      guard !isDryRun else {
        report.joined += 1
        return (report, [])
      }
      backOff(attempt)
      if try join(upstream, from: remote.url, in: history) != .upToDate { report.joined += 1 }
    }
    throw SmartContainersError(
      .historyBusy, "others pushed to \(remote.name) all the while", hint: "Try again later.")
  }

  /// Makes the first remote that is pushed to the one that is pulled from.
  private func settingUpstream(
    _ upstream: Upstream, of history: HistoryRepository, _ isDryRun: Bool, _ report: PushReport
  ) throws -> PushReport {
    guard !isDryRun, try history.upstream() == nil else { return report }
    try history.setUpstream(upstream)
    var report = report
    report.setsUpstream = true
    return report
  }

  private func rejection(_ reason: String, _ upstream: Upstream) -> SmartContainersError {
    SmartContainersError(
      .failed, "\(upstream.remote) rejected the push to \(upstream.branch): \(reason)",
      hint: reason == "fetch first"
        ? "It has operations that are not here: sc pull joins them."
        : "What the remote said above tells why; nothing was changed there.")
  }

  /// Waits a little, at random, and more after each attempt: so many others push, too.
  private func backOff(_ attempt: Int) {
    let longest = min(2_000_000, 20_000 << min(attempt, 7))
    usleep(UInt32.random(in: 1_000...UInt32(longest)))
  }

  private func fetch(
    _ remote: HistoryRemote, into history: HistoryRepository, prunes: Bool = false,
    isDryRun: Bool = false
  ) throws -> [BranchChange] {
    try history.fetch(
      remote.name, from: remote.url, over: try connector(to: remote.url, for: history),
      with: GitProgram(in: places.environment), prunes: prunes, isDryRun: isDryRun, report: tell
    ).map { BranchChange($0, of: remote.name) }
  }

  private func tell(_ progress: GitProgress) throws {
    try Task.checkCancellation()
    report(SharingProgress(progress))
  }

  private func join(
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
    if let branch { return Upstream(remote: remote.name, branch: branch) }
    if let known = try history.upstream(), known.remote == remote.name { return known }
    return Upstream(remote: remote.name, branch: "main")
  }

  func connector(
    to address: String, for history: HistoryRepository
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
      to: address, WebSettings(for: address, settings, places, limit: limit),
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
