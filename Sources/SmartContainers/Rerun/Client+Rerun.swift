import Canonical
import DockerEngine
import Glibc
import History
import Provenance
import SystemPackage

extension Client {
  /// Looks for all that a recorded run needs to be done again.
  ///
  /// - Parameter onProgress: called with the number of bytes of inputs that were read, from any
  ///   thread.
  public func survey(
    _ plan: RerunPlan, _ options: RerunOptions = RerunOptions(),
    onProgress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> RerunSurvey {
    let places = RerunSurvey.Places(
      content: try await recorder.history.with(\.content),
      redactor: recorder.environment.redactor, engine: engine,
      seesFiles: engineAddress.isLocal, project: historyPath.removingLastComponent(),
      cachePath: digestsPath)
    return try await RerunSurvey(plan, options, in: places, onProgress: onProgress)
  }

  /// Does a recorded run again, compares what it leaves and records that as one activity.
  ///
  /// The container has a name that the engine chooses, and is removed at the end. The outputs take
  /// the places of those that are there, as those of a run do, unless they are only compared; what
  /// is beneath a mount of the run's own is written in place by the run itself.
  ///
  /// - Parameters:
  ///   - survey: what was found; with obstacles nothing is done.
  ///   - signals: names of signals to forward to the container, `INT`, while it runs.
  ///   - isInterrupted: whether the user wants an end. What a container leaves that was stopped is
  ///     not compared, and what is there stays as it is.
  ///   - standardInput: what was piped in then, once more; nil where nothing was.
  ///   - onCreated: called once the container is there.
  ///   - onOutput: called with each piece of its output as it comes.
  /// - Throws: `SmartContainersError` for what cannot be done; `RunFailure` when the container could
  ///   not be created or started; `CancellationError` when the user ended it.
  public func rerun(
    _ survey: RerunSurvey, _ options: RerunOptions = RerunOptions(),
    signals: AsyncStream<String> = AsyncStream { $0.finish() },
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    standardInput: (@Sendable () async throws -> [UInt8]?)? = nil,
    onCreated: @Sendable (CreatedContainer) throws -> Void = { _ in },
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void = { _ in }
  ) async throws -> RerunResult {
    let plan = survey.plan
    let content = try await recorder.history.with(\.content)
    try Self.refuse(survey, hasInput: standardInput != nil)
    let needsFolder = options.verifies || RerunFiles.isAnyAssembled(survey, options)
    let folder =
      needsFolder
      ? try StagingFolder(in: temporaryFolder, hint: "Name another folder with TMPDIR.") : nil
    defer { folder?.remove() }
    let digester = FileDigester(cachePath: digestsPath)
    let comparison = RerunComparison(
      plan.outputs.map { file in
        var file = file
        file.path = options.path(now: file.path)
        return file
      }, content, digester)
    let verdict = { @Sendable (end: RunEnd) in
      RerunVerdict(survey, comparison.outputs(end), end)
    }
    var request = try await self.request(survey, options, in: folder, content)
    request.isInterrupted = isInterrupted
    request.arrival = { arrivals in
      comparison.look(at: arrivals)
      return !options.verifies && !isInterrupted()
    }
    request.verdict = { end in
      comparison.look(at: end.outputs)
      return verdict(end).isReproduced
    }
    var interaction = Interaction()
    if plan.opensStandardInput { interaction.input = standardInput ?? { nil } }
    let end = try await perform(
      request, signals: signals, interaction: interaction, onCreated: onCreated,
      onOutput: onOutput)
    return verdict(end).result
  }

  /// Whether the engine that the places lead to sees the files of this host; nothing is sent to it.
  public static func seesFiles(_ places: ClientPlaces) throws -> Bool {
    EngineAddress(try reach(places).endpoint).isLocal
  }

  private func request(
    _ survey: RerunSurvey, _ options: RerunOptions, in folder: StagingFolder?,
    _ content: ContentStore
  ) async throws -> RunRequest {
    let plan = survey.plan
    let files = RerunFiles(
      survey: survey, options: options, folder: folder,
      comparison: InputComparison(
        plan: plan, options: options, content: content,
        digester: FileDigester(cachePath: digestsPath)))
    let (copiesAll, cachePath) = (!engineAddress.isLocal, digestsPath)
    let transfer = try await BlockingWork.run(cancellable: { isCancelled in
      try files.transfer(copiesAll: copiesAll, cachePath: cachePath, isCancelled)
    })
    var specification = plan.specification(survey.body, options)
    var run = RunOptions()
    (run.platform, run.removes) = (plan.platform, true)
    switch survey.image {
    case .here(let reference), .similar(let reference): specification.image = reference
    case .pullable(let reference):
      specification.image = reference
      run.pulling = options.pulling
    case .absent, .unknown: break
    }
    var request = RunRequest(
      specification: transfer?.applied(to: specification) ?? specification, options: run,
      files: transfer)
    request.operation = .rerun
    request.repeated = plan.activity
    request.staging = options.verifies ? folder?.path : nil
    return request
  }

  private static func refuse(
    _ survey: RerunSurvey, hasInput: Bool
  ) throws(SmartContainersError) {
    var obstacles = survey.obstacles
    if survey.plan.standardInput != nil, !hasInput {
      obstacles.append("what it reads from standard input must be piped in again")
    }
    guard let first = obstacles.first else { return }
    let rest = obstacles.dropFirst().map { "\n  also: \($0)" }.joined()
    throw SmartContainersError(
      .failed, "\(survey.plan.shortID) cannot be done again: \(first)\(rest)",
      hint: "Nothing was run." + (survey.hint.map { " \($0)" } ?? ""))
  }

  /// Where files are put together for a moment.
  private var temporaryFolder: FilePath {
    environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil } ?? "/tmp"
  }

  private var digestsPath: FilePath { historyPath.appending("sc").appending("digests") }
}

/// Whether a run that was done again came out as before.
private struct RerunVerdict {
  let result: RerunResult

  var isReproduced: Bool { result.isReproduced }

  init(_ survey: RerunSurvey, _ outputs: [RerunOutput], _ end: RunEnd) {
    let plan = survey.plan
    let output = RerunComparison.stream(plan.standardOutput, .standardOutput, end)
    let isReproduced =
      end.exitCode == plan.exitCode
      && (outputs + (output.map { [$0] } ?? [])).allSatisfy { $0.state == .identical }
    result = RerunResult(
      survey: survey, activity: end.activity, outputs: outputs, standardOutput: output,
      standardError: RerunComparison.stream(plan.standardError, .standardError, end),
      standardInput: RerunComparison.stream(plan.standardInput, .standardInput, end),
      exitCode: end.exitCode ?? -1, isReproduced: isReproduced)
  }
}
