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
  ///   - interaction: what is passed on to its standard input, and the user's terminal, where
  ///     the specification has them.
  ///   - onCreated: called with the container's id and the engine's warnings.
  ///   - onOutput: called with each piece of output as it comes; the container waits for it.
  ///     Once it throws it is called no more; the run goes on to its end and is recorded.
  /// - Returns: without an exit code when the container goes on without us.
  /// - Throws: `SmartContainersError` of code `usage` for labels that cannot be; `RunFailure` when
  ///   the container could not be created or started; at the end, what `onOutput` threw.
  public func run(
    _ specification: ContainerSpecification, options: RunOptions = RunOptions(),
    signals: AsyncStream<String> = AsyncStream { $0.finish() },
    interaction: Interaction = Interaction(),
    onCreated: @Sendable (CreatedContainer) throws -> Void = { _ in },
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> RunResult {
    try await check(labels: specification.labels)
    var options = options
    options.pulling = await remaining(of: options.pulling, for: specification.image)
    let recording = try await CompositeRecording.begin(
      .run, about: specification.json, recorder)
    let engine = recordedEngine(in: recording)
    let output = RunOutput(reader: onOutput)
    let input = ProcessInput(interaction, hasTerminal: specification.hasTerminal)
    let streams = { @Sendable in (input?.contents ?? []) + output.contents }
    var run = Run(engine: engine, specification: specification, options: options)
    let result: RunResult
    do {
      let created = try await run.create(onCreated)
      var attachment = options.attachment
      attachment.hasTerminal = specification.hasTerminal
      attachment.detachKeys = interaction.detachKeys
      let exitCode = try await run.toEnd(
        ContainerFollower(
          engine: engine, id: created.id, options: attachment, interaction: interaction,
          input: input, output: output, signals: signals))
      await finish(recording, exitCode: exitCode, streams: streams())
      result = RunResult(containerID: created.id, exitCode: exitCode)
    } catch {
      let cause = (error as? RunFailure)?.cause ?? error
      await Task { await recording.finish(cause, streams: streams()) }.value
      throw error
    }
    if let failure = output.failure { throw failure }
    return result
  }

  /// Ends a recording whose process came to its end.
  ///
  /// - Parameter process: what ended: `the container`.
  func finish(
    _ recording: CompositeRecording, exitCode: Int?, streams: [Content],
    of process: String = "the container"
  ) async {
    let outcome: Outcome =
      switch exitCode {
      case nil, 0: .succeeded
      case let code?: .failed(message: "\(process) ended with exit code \(code)")
      }
    await Task {
      await recording.finish(outcome, exitCode: exitCode, streams: streams)
    }.value
  }
}

/// The steps of one run.
private struct Run {
  let engine: EngineClient
  let specification: ContainerSpecification
  let options: RunOptions
  private var id = ""

  init(engine: EngineClient, specification: ContainerSpecification, options: RunOptions) {
    self.engine = engine
    self.specification = specification
    self.options = options
  }

  mutating func create(
    _ onCreated: @Sendable (CreatedContainer) throws -> Void
  ) async throws -> CreatedContainer {
    let created: CreatedContainer
    do {
      try await engine.provideImage(
        specification.image, platform: options.platform, options.pulling)
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
  ///
  /// - Returns: the exit code; nil when it goes on without us.
  func toEnd(_ follower: ContainerFollower) async throws -> Int? {
    guard !options.detaches else {
      try await start()
      return nil
    }
    guard let exitCode = try await follower.follow(start: start) else { return nil }
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
}
