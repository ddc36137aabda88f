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
  ///   - onProgress: called with the number of bytes of declared inputs that were read, from any
  ///     thread.
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
    onProgress: @escaping @Sendable (Int) -> Void = { _ in },
    onCreated: @Sendable (CreatedContainer) throws -> Void = { _ in },
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> RunResult {
    try await check(labels: specification.labels)
    var options = options
    let files = try await prepare(options, specification.host, onProgress: onProgress)
    let specification = files?.applied(to: specification) ?? specification
    options.pulling = await remaining(of: options.pulling, for: specification.image)
    let recording = try await CompositeRecording.begin(
      .run, about: specification.json, with: files, recorder)
    let engine = recordedEngine(in: recording)
    let output = RunOutput(reader: onOutput)
    let input = ProcessInput(interaction, hasTerminal: specification.hasTerminal)
    let streams = { @Sendable in (input?.contents ?? []) + output.contents }
    var run = Run(
      engine: engine, specification: specification, options: options, files: files)
    let result: RunResult
    do {
      let created = try await run.create(onCreated)
      var attachment = options.attachment
      attachment.hasTerminal = specification.hasTerminal
      attachment.detachKeys = interaction.detachKeys
      try await run.sendFiles()
      let end = try await run.toEnd(
        ContainerFollower(
          engine: engine, id: created.id, options: attachment, interaction: interaction,
          input: input, output: output, signals: signals))
      let outputs = options.files.keepsOutputs ? await kept(end.outputs) : end.outputs
      await finish(
        recording, exitCode: end.exitCode, streams: streams(), outputs: outputs,
        missing: names(of: end.missing, in: options.files))
      result = RunResult(
        containerID: created.id, exitCode: end.exitCode,
        missingOutputs: names(of: end.missing, in: options.files))
    } catch {
      let cause = (error as? RunFailure)?.cause ?? error
      await Task {
        await recording.finish(cause, exitCode: run.exitCode, streams: streams())
      }.value
      throw error
    }
    if let failure = output.failure { throw failure }
    return result
  }

  /// Looks at the declared files; nil when there are none.
  private func prepare(
    _ options: RunOptions, _ host: HostConfiguration,
    onProgress: @escaping @Sendable (Int) -> Void
  ) async throws -> FileTransfer? {
    guard !options.files.isEmpty else { return nil }
    guard !options.detaches || options.files.outputs.isEmpty else {
      throw SmartContainersError(
        .usage, "a run in the background leaves no outputs",
        hint: "Leave --detach out, or the outputs.")
    }
    var files = try await FileTransfer.prepare(
      options.files, for: host, from: workingFolder, isLocal: engineAddress.isLocal,
      cachePath: historyPath.appending("sc").appending("digests"), onProgress: onProgress)
    if options.files.keepsInputs { files.inputs = try await keep(files.inputs) }
    return files
  }

  /// The outputs as the user declared them.
  private func names(of patterns: [PathPattern], in files: RunFiles) -> [String] {
    files.outputs.filter { patterns.contains(PathPattern($0, from: workingFolder)) }
  }

  private func keep(_ files: [RunFile]) async throws -> [RunFile] {
    let keeper = try await recorder.history.with { FileKeeper($0.content) }
    return try await BlockingWork.run(cancellable: { isCancelled in
      try keeper.keep(files, isCancelled: isCancelled)
    })
  }

  /// The outputs, kept where that is possible: they are there, and are recorded anyway.
  private func kept(_ outputs: [RunFile]) async -> [RunFile] {
    do {
      return try await keep(outputs)
    } catch {
      recorder.noteKeepFailure(error)
      return outputs
    }
  }

  /// Ends a recording whose process came to its end.
  ///
  /// - Parameters:
  ///   - outputs: the files that it left.
  ///   - missing: the outputs that were declared and are not there.
  ///   - process: what ended: `the container`.
  func finish(
    _ recording: CompositeRecording, exitCode: Int?, streams: [Content],
    outputs: [RunFile] = [], missing: [String] = [], of process: String = "the container"
  ) async {
    let outcome: Outcome =
      switch exitCode ?? 0 {
      case 0 where missing.isEmpty: .succeeded
      case 0:
        .failed(message: "\(process) did not leave the output \(missing.joined(separator: ", "))")
      case let code: .failed(message: "\(process) ended with exit code \(code)")
      }
    await Task {
      await recording.finish(outcome, exitCode: exitCode, streams: streams, outputs: outputs)
    }.value
  }
}

/// The steps of one run.
private struct Run {
  let engine: EngineClient
  let specification: ContainerSpecification
  let options: RunOptions
  let files: FileTransfer?
  private var id = ""

  /// The exit code, once the container has ended.
  private(set) var exitCode: Int?

  init(
    engine: EngineClient, specification: ContainerSpecification, options: RunOptions,
    files: FileTransfer?
  ) {
    self.engine = engine
    self.specification = specification
    self.options = options
    self.files = files
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

  /// Brings the declared inputs into the container.
  func sendFiles() async throws {
    do {
      try await files?.send(to: id, engine)
    } catch {
      await removeIfWanted()
      throw RunFailure(step: .create, cause: SmartContainersError(describing: error))
    }
  }

  /// How a container ended.
  struct End {
    /// Nil when it goes on without us.
    var exitCode: Int?
    var outputs: [RunFile] = []

    /// The outputs that were declared and are not there.
    var missing: [PathPattern] = []
  }

  /// Starts the container and, unless it goes on in the background, follows it to its end and takes
  /// its outputs.
  ///
  /// A container whose outputs cannot be taken is not removed: it has them still.
  mutating func toEnd(_ follower: ContainerFollower) async throws -> End {
    guard !options.detaches else {
      try await start()
      return End()
    }
    exitCode = try await follower.follow(start: start)
    guard exitCode != nil else { return End() }
    var end = End(exitCode: exitCode)
    if let files { (end.outputs, end.missing) = try await files.receive(from: id, engine) }
    if options.removes { try await engine.removeContainer(id, removesVolumes: true) }
    return end
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
