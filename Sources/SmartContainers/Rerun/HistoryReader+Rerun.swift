import Canonical
import History
import Provenance

extension HistoryReader {
  /// Reads what a recorded run was.
  ///
  /// - Parameter text: an activity's id or the beginning of one, a revision, or a container, of
  ///   which the last run is meant.
  /// - Throws: `SmartContainersError` for what is no run, or cannot be compared with.
  public func rerunPlan(_ text: String) async throws -> RerunPlan {
    try await read { history in
      let (id, commit) = try history.run(meantBy: text)
      return try history.rerunPlan(of: id, in: commit)
    }
  }

  /// Reads the runs among the wanted commits, in the order in which they can be done again.
  public func rerunChain(_ filter: LogFilter) async throws -> RerunChain {
    try await read { history in
      var filter = filter
      filter.revision = try filter.revision.map { try history.commit(meantBy: $0).description }
      filter.excluding = try filter.excluding.map { try history.commit(meantBy: $0).description }
      var plans: [RerunPlan] = []
      var chain = RerunChain()
      try history.log(filter) { record in
        try Task.checkCancellation()
        guard let id = record.activity.flatMap({ ActivityID($0) }),
          let commit = CommitID(record.commit)
        else { return true }
        guard record.operation == "run" else {
          chain.otherOperationCount += 1
          return true
        }
        do {
          plans.append(try history.rerunPlan(of: id, in: commit))
        } catch let error as SmartContainersError {
          chain.notes.append(error.message)
        }
        return true
      }
      chain.notes.reverse()
      chain.order(plans)
      return chain
    }
  }

  /// Reads recorded runs by their activities, in the order in which they can be done again.
  public func rerunChain(of activities: [String]) async throws -> RerunChain {
    var chain = RerunChain()
    var plans: [RerunPlan] = []
    for activity in activities {
      do {
        plans.append(try await rerunPlan(activity))
      } catch let error as SmartContainersError where error.cause == nil {
        chain.notes.append(error.message)
      }
    }
    chain.order(plans)
    return chain
  }

  /// Looks for all that a recorded run needs to be done again, without a client that records.
  ///
  /// - Parameters:
  ///   - engine: where the image is looked for; nil when none can be asked.
  ///   - seesFiles: whether the engine sees the files of this host.
  public func survey(
    _ plan: RerunPlan, _ options: RerunOptions = RerunOptions(), on engine: EngineClient?,
    seesFiles: Bool = true
  ) async throws -> RerunSurvey {
    let places = try await read { history in
      RerunSurvey.Places(
        content: history.content, redactor: Redactor(key: try history.redactionKey()),
        engine: engine, seesFiles: seesFiles, project: history.path.removingLastComponent(),
        cachePath: history.path.appending("sc").appending("digests"))
    }
    return try await RerunSurvey(plan, options, in: places) { _ in }
  }
}

extension HistoryRepository {
  fileprivate func rerunPlan(of id: ActivityID, in commit: CommitID) throws -> RerunPlan {
    guard let bytes = try activityDocument(id, in: commit) else {
      throw HistoryError(
        code: .corrupt, message: "commit \(commit) names activity \(id) and does not have it")
    }
    let document: ActivityDocument
    do throws(ActivityDocumentError) {
      document = try ActivityDocument(parsing: bytes)
    } catch {
      throw HistoryError(code: .corrupt, message: "activity \(id): \(error)")
    }
    var plan = try RerunPlan(document)
    let path = Snapshot.path(image: plan.image.identity)
    plan.image.snapshot = try configured(at: path, titled: "", in: commit)?.configuration
    return plan
  }

  /// The commit of a revision or an activity.
  fileprivate func commit(meantBy text: String) throws -> CommitID {
    if let commit = try revision(text) { return commit }
    switch try subject(named: text) {
    case .activity(_, let commit), .commit(let commit): return commit
    case .configured(let item):
      throw HistoryError(
        code: .noSuchRevision, message: "\(item.title) is no revision and no activity")
    }
  }

  /// The run that a word means.
  fileprivate func run(meantBy text: String) throws -> (ActivityID, CommitID) {
    switch try subject(named: text) {
    case .activity(let id, let commit): return (id, commit)
    case .commit(let commit):
      guard let id = LogRecord(try entry(commit)).activity.flatMap({ ActivityID($0) }) else {
        throw HistoryError(
          code: .noSuchRevision, message: "commit \(commit) records no activity")
      }
      return (id, commit)
    case .configured(let item): return try lastRun(of: item)
    }
  }

  private func lastRun(of item: Configured) throws(HistoryError) -> (ActivityID, CommitID) {
    var walk = try walk()
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      guard let operation = record.operation, ["run", "rerun"].contains(operation),
        let container = record.container, let id = record.activity.flatMap({ ActivityID($0) })
      else { continue }
      let paths = [Snapshot.path(container: container), record.transientSnapshotPath]
      if paths.contains(item.path) { return (id, entry.id) }
    }
    throw HistoryError(code: .noSuchRevision, message: "\(item.title) is of no recorded run")
  }
}
