import Git
import History

extension Sharing {
  /// Gets large content that the history points to and that is not here.
  ///
  /// - Parameters:
  ///   - name: the remote's; nil for the one that the history is pulled from.
  ///   - patterns: which of it, as `sc fetch --content` takes them; none for all.
  ///   - isDryRun: whether it is only said what would come.
  /// - Returns: what came; what did not come is among its failures.
  public func fetchContent(
    _ name: String? = nil, matching patterns: [String] = [], isDryRun: Bool = false
  ) async throws -> ContentReport {
    let (exchange, pointers) = try await work { history in
      let remote = try remote(name, of: history)
      return (
        try makeExchange(.download, with: remote, branch: nil, of: history),
        try kept(matching: patterns, in: history)
      )
    }
    let here = store.queue.history.content
    var report = ContentReport()
    report.present = pointers.filter { here.has($0.content) }.map { KeptItem($0) }
    let wanted = pointers.filter { !here.has($0.content) }
    if isDryRun {
      report.transferred = wanted.map { KeptItem($0) }
    } else if !wanted.isEmpty {
      report.add(try await explaining { try await exchange.run(wanted) })
    }
    return report
  }

  /// Brings all large content to a remote that the history points to, and no commits: what a remote
  /// did not take before, or what was not here.
  ///
  /// - Parameters:
  ///   - name: the remote's; nil for the one that the history is pulled from.
  ///   - isDryRun: whether it is only said what would be brought there if it is wanted.
  public func pushContent(
    _ name: String? = nil, isDryRun: Bool = false
  ) async throws -> ContentReport {
    let (exchange, pointers) = try await work { history in
      let remote = try remote(name, of: history)
      return (
        try makeExchange(.upload, with: remote, branch: nil, of: history),
        try kept(matching: [], in: history)
      )
    }
    var report = ContentReport()
    if isDryRun {
      let here = store.queue.history.content
      report.transferred = pointers.filter { here.has($0.content) }.map { KeptItem($0) }
    } else if !pointers.isEmpty {
      report = try await explaining { try await exchange.run(pointers) }
    }
    return report
  }

  private func kept(
    matching patterns: [String], in history: HistoryRepository
  ) throws -> [ContentPointer] {
    guard let tip = try history.head() else { return [] }
    let all = try history.pointers(in: tip)
    guard !patterns.isEmpty else { return all }
    let selection = ContentSelection(of: all, in: history)
    let chosen = Set(try patterns.flatMap { try selection.matches(of: $0) })
    return all.filter { chosen.contains($0) }
  }

  /// Brings content to a remote before the commits that point to it.
  ///
  /// A remote that does not speak Git LFS gets the history all the same, as does one of whose
  /// content nobody has the bytes, unless `lfs.allowincompletepush` is false. One that does, and
  /// fails, gets nothing.
  func upload(
    _ pointers: [ContentPointer], to remote: HistoryRemote, branch: String
  ) async throws -> ContentReport {
    let exchange = try await work { history in
      try makeExchange(.upload, with: remote, branch: branch, of: history)
    }
    return try await explaining {
      let report = try await exchange.run(pointers)
      if report.refusal == nil, !report.failures.isEmpty { throw Self.refusal(report.failures) }
      let incomplete = report.failures.map(\.item) + report.missing
      if !exchange.allowsIncompletePush, !incomplete.isEmpty {
        throw SmartContainersError(
          .failed,
          (["content is not on \(remote.name), and cannot be brought there:"]
            + incomplete.map { "  \($0.path) \($0.digest)" }).joined(separator: "\n"),
          hint: "git config lfs.allowincompletepush true lets the history be pushed without it.")
      }
      return report
    }
  }

  private func makeExchange(
    _ direction: ContentDirection, with remote: HistoryRemote, branch: String?,
    of history: HistoryRepository
  ) throws -> ContentExchange {
    try ContentExchange(
      direction, with: remote, of: history,
      branch: try branch ?? upstream(remote, nil, of: history).branch, places,
      limit: store.configuration.remoteTimeout, report: report)
  }

  private static func refusal(_ failures: [ContentReport.Failure]) -> SmartContainersError {
    SmartContainersError(
      .failed,
      (["\(failures.count) object(s) of large content were not uploaded:"]
        + failures.map { "  \($0.item.path) \($0.item.digest): \($0.reason)" })
        .joined(separator: "\n"),
      hint: "The history was not pushed either: nobody gets a pointer without its bytes.")
  }

  private func explaining<Result>(
    _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as ContentError {
      throw SmartContainersError(
        error.kind == .authentication ? .authentication : .failed,
        "large content: \(error.message)",
        hint: error.kind == .authentication
          ? "Check who may come in there, and what you show: a key, or a password." : nil,
        cause: error)
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
