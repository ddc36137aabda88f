import Canonical
import DockerEngine
import HTTP
import Provenance

extension Client {
  /// Creates a container, runs it to its end and records all of it as one activity.
  ///
  /// - Parameters:
  ///   - signals: names of signals to forward to the container, `INT`, while it runs; those
  ///     that come before are sent once it does. In the background none is.
  ///   - onCreated: called with the container's id and the engine's warnings.
  ///   - onOutput: called with each piece of output as it comes; the container waits for it.
  ///     Once it throws it is called no more; the run goes on to its end and is recorded.
  /// - Throws: `RunFailure` when the container could not be created or started; at the end, what
  ///   `onOutput` threw.
  public func run(
    _ specification: ContainerSpecification, options: RunOptions = RunOptions(),
    signals: AsyncStream<String> = AsyncStream { $0.finish() },
    onCreated: @Sendable (CreatedContainer) throws -> Void = { _ in },
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> RunResult {
    let recording = try await CompositeRecording.begin(
      "run", about: specification.json, recorder)
    let engine = recordedEngine(in: recording)
    let output = RunOutput(reader: onOutput)
    var run = Run(
      engine: engine, specification: specification, options: options, signals: signals,
      output: output)
    let result: RunResult
    do {
      let created = try await run.create(onCreated)
      let exitCode = try await run.toEnd()
      await finish(recording, exitCode: exitCode, outputs: output.contents)
      result = RunResult(containerID: created.id, exitCode: exitCode)
    } catch {
      let cause = (error as? RunFailure)?.cause ?? error
      await Task { [outputs = output.contents] in
        await recording.finish(cause, outputs: outputs)
      }.value
      throw error
    }
    if let failure = output.failure { throw failure }
    return result
  }

  /// Ends a recording whose process came to its end.
  ///
  /// - Parameter process: what ended: `the container`.
  func finish(
    _ recording: CompositeRecording, exitCode: Int?, outputs: [Content],
    of process: String = "the container"
  ) async {
    let outcome: Outcome =
      switch exitCode {
      case nil, 0: .succeeded
      case let code?: .failed(message: "\(process) ended with exit code \(code)")
      }
    await Task {
      await recording.finish(outcome, exitCode: exitCode, outputs: outputs)
    }.value
  }
}

/// The steps of one run.
private struct Run {
  let engine: EngineClient
  let specification: ContainerSpecification
  let options: RunOptions
  let signals: AsyncStream<String>
  let output: RunOutput
  private var id = ""

  init(
    engine: EngineClient, specification: ContainerSpecification, options: RunOptions,
    signals: AsyncStream<String>, output: RunOutput
  ) {
    self.engine = engine
    self.specification = specification
    self.options = options
    self.signals = signals
    self.output = output
  }

  mutating func create(
    _ onCreated: @Sendable (CreatedContainer) throws -> Void
  ) async throws -> CreatedContainer {
    let created: CreatedContainer
    do {
      created = try await engine.createContainer(
        specification, name: options.name, platform: options.platform)
      id = created.id
    } catch {
      throw RunFailure(step: .create, cause: error)
    }
    do {
      try onCreated(created)
    } catch {
      await removeIfWanted()
      throw error
    }
    return created
  }

  /// Starts the container and, unless it goes on in the background, follows it to its end.
  func toEnd() async throws -> Int? {
    guard !options.detaches else {
      try await start()
      return nil
    }
    let exitCode = try await follow()
    if options.removes { try await engine.removeContainer(id, removesVolumes: true) }
    return exitCode
  }

  private func start() async throws {
    do {
      try await engine.startContainer(id)
    } catch {
      await removeIfWanted()
      throw RunFailure(step: .start, cause: error)
    }
  }

  /// Removes a container that never ran.
  private func removeIfWanted() async {
    if options.removes { try? await engine.removeContainer(id, removesVolumes: true) }
  }

  /// How one of the tasks that follow a container ended.
  private enum Ending {
    case ofContainer(exitCode: Int)
    case ofOutput
    case ofSignals
  }

  private func follow() async throws -> Int {
    let readiness = Readiness(count: 2)
    let running = Readiness(count: 1)
    return try await withThrowingTaskGroup(of: Ending.self) { group in
      group.addTask { [engine, id] in
        try await readiness.guarding {
          .ofContainer(
            exitCode: try await engine.waitForContainer(id, until: .nextExit) {
              readiness.signal()
            })
        }
      }
      group.addTask { try await readiness.guarding { try await passOutput(readiness) } }
      group.addTask { [engine, id, signals] in
        // An engine refuses a signal to a container that does not run yet; the stream keeps it.
        guard await running.wait() else { return .ofSignals }
        for await signal in signals {
          // The container's end may be told before the signal's: that is no reason to break it off.
          await Task { _ = try? await engine.killContainer(id, signal: signal) }.value
        }
        return .ofSignals
      }
      // An engine that prepares a container for those who attach fails there first: the start says
      // why, and is what the record tells.
      let isReady = await readiness.wait()
      if isReady || engine.dialect.has(.preparesForAttach) {
        try await start()
        running.signal()
      }
      return try await Self.exitCode(from: &group)
    }
  }

  private func passOutput(_ readiness: Readiness) async throws -> Ending {
    try await engine.attachOutput(
      of: id, isFramed: !specification.hasTerminal, onAttached: { readiness.signal() }
    ) { frames in
      for try await chunk in frames { try await output.take(chunk) }
    }
    return .ofOutput
  }

  /// Waits for the exit code and for the end of the output, whichever comes last; the task that
  /// listens for signals does so as long as it is let.
  private static func exitCode(
    from group: inout ThrowingTaskGroup<Ending, any Error>
  ) async throws -> Int {
    var exitCode: Int?
    var hasOutputEnded = false
    while exitCode == nil || !hasOutputEnded, let ending = try await group.next() {
      switch ending {
      case .ofContainer(let code): exitCode = code
      case .ofOutput: hasOutputEnded = true
      case .ofSignals: break
      }
    }
    group.cancelAll()
    return exitCode ?? 0
  }
}
