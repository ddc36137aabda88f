import Git
import Glibc
import History

extension Sharing {
  /// The most times that a history is joined because the remote moved meanwhile.
  private static let attempts = 100

  /// The most times that is tried again what a remote refused for no reason that is known here.
  private static let busyAttempts = 8

  /// What is pushed where, and how.
  private struct Push: Sendable {
    let remote: HistoryRemote
    let upstream: Upstream
    let joins: Bool
    let isDryRun: Bool
    let runsHook: Bool

    /// The content that was brought there, or need not be.
    var seenTo: Set<LargeContent> = []
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
    var push = try await work { history in
      let remote = try remote(name, of: history)
      return Push(
        remote: remote, upstream: try upstream(remote, branch, of: history), joins: joins,
        isDryRun: isDryRun, runsHook: runsHook)
    }
    var report = PushReport(
      remote: push.remote.name, branch: push.upstream.branch, url: push.remote.pushURL)
    while true {
      let wanted: [ContentPointer]
      (report, wanted) = try await work { [push, report] history in
        try carry(out: push, of: history, report)
      }
      guard !wanted.isEmpty else { return report }
      if isDryRun {
        report.content.transferred = wanted.map { KeptItem($0) }
      } else {
        report.content.add(
          try await upload(wanted, to: push.remote, branch: push.upstream.branch))
      }
      push.seenTo.formUnion(wanted.map(\.content))
    }
  }

  /// - Parameter report: what was done before.
  /// - Returns: what was done, and the content that must be seen to first; none when all is done.
  private func carry(
    out push: Push, of history: HistoryRepository, _ report: PushReport
  ) throws -> (PushReport, [ContentPointer]) {
    var report = report
    let connector = try connector(to: push.remote.pushURL, of: push.remote, for: history)
    let check = try hook(for: push, of: history)
    for attempt in 0..<Self.attempts {
      let result = try history.push(
        to: push.upstream, over: connector, with: GitProgram(in: places.environment),
        contentIsThere: push.seenTo.contains, isDryRun: push.isDryRun, check: check, report: tell)
      switch result {
      case .upToDate, .pushed:
        if case .pushed(let old, let new) = result {
          (report.old, report.new) = (old?.description, new.description)
        }
        report.setsUpstream = try setUpstream(push, of: history)
        return (report, [])
      case .wantsContent(let pointers): return (report, pointers)
      case .rejected(let reason):
        guard try prepareToJoin(push, after: reason, attempt, report, of: history) else {
          backOff(attempt)
          continue
        }
      case .behind where push.isDryRun && push.joins:
        report.joined += 1
        return (report, [])
      case .behind: _ = try prepareToJoin(push, after: nil, attempt, report, of: history)
      }
      backOff(attempt)
      guard try join(push.upstream, from: push.remote.pushURL, in: history) != .upToDate else {
        throw rejection("it has what a fetch does not bring", push.upstream)
      }
      report.joined += 1
    }
    throw SmartContainersError(
      .historyBusy, "others pushed to \(push.remote.name) all the while", hint: "Try again later.")
  }

  /// Gets what the remote has, where that is why it did not take the push.
  ///
  /// - Parameters:
  ///   - reason: what the remote said against it: of two who push at once one is told that the branch
  ///     is locked, or is elsewhere. nil where it was not asked.
  ///   - report: what was done before.
  /// - Returns: false when there is nothing to join, and the remote may only be busy: with a push
  ///   whose other end was killed, it is for a moment.
  private func prepareToJoin(
    _ push: Push, after reason: String?, _ attempt: Int, _ report: PushReport,
    of history: HistoryRepository
  ) throws -> Bool {
    guard push.joins || reason != nil else {
      throw rejection(
        "fetch first", push.upstream,
        hint: "It has operations that are not here: sc pull joins them.")
    }
    try fetch(
      push.remote, from: push.remote.pushURL, only: push.upstream.branch, into: history)
    guard let reason else { return true }
    if push.joins, let there = try history.commit(of: push.upstream),
      try history.aheadAndBehind(there).behind > 0
    {
      return true
    }
    guard attempt < Self.busyAttempts, Self.isPassing(reason) else {
      throw rejection(
        reason, push.upstream,
        hint: report.joined > 0
          ? "Nothing was changed there. What it has was joined here before." : nil)
    }
    return false
  }

  /// Whether a remote will most likely take later what it did not take now. There is no other sign
  /// of it than the words of git, and of those who serve it.
  private static func isPassing(_ reason: String) -> Bool {
    [
      "lock", "expected", "failed to update ref", "fetch first", "non-fast-forward", "stale",
      "incorrect old value", "already exists", "failed to migrate", "unable to migrate",
    ].contains { reason.contains($0) }
  }

  /// What asks the user's hook, and throws when it says no.
  private func hook(
    for push: Push, of history: HistoryRepository
  ) throws -> (_ line: String) throws -> Void {
    guard push.runsHook,
      let hook = try LocalHook(
        "pre-push", of: history, home: places.home, environment: places.environment)
    else { return { _ in } }
    return { line in
      let words = [push.remote.name, push.remote.pushURL]
      guard let problem = hook.run(words, input: Array(line.utf8)) else { return }
      throw SmartContainersError(
        .failed, "nothing was pushed: \(problem)",
        hint: "What it said above tells why; --no-verify pushes without asking it.")
    }
  }

  /// Makes the first remote that is pushed to the one that is pulled from.
  private func setUpstream(_ push: Push, of history: HistoryRepository) throws -> Bool {
    guard !push.isDryRun, try history.upstream() == nil else { return false }
    try history.setUpstream(push.upstream)
    return true
  }

  private func rejection(
    _ reason: String, _ upstream: Upstream, hint: String? = nil
  ) -> SmartContainersError {
    SmartContainersError(
      .failed, "\(upstream.remote) rejected the push to \(upstream.branch): \(reason)",
      hint: hint ?? "Nothing was changed there. What the remote said, here or above, tells why.")
  }

  /// Waits a little, at random, and more after each attempt: so many others push, too.
  private func backOff(_ attempt: Int) {
    let longest = min(2_000_000, 20_000 << min(attempt, 7))
    usleep(UInt32.random(in: 1_000...UInt32(longest)))
  }
}
