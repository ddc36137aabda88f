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
    let files = try await prepare(options, specification.host, onProgress: onProgress)
    let request = RunRequest(
      specification: files?.applied(to: specification) ?? specification, options: options,
      files: files)
    let end = try await perform(
      request, signals: signals, interaction: interaction, onCreated: onCreated,
      onOutput: onOutput)
    return RunResult(
      containerID: end.containerID, exitCode: end.exitCode,
      missingOutputs: names(of: end.missing, in: options.files))
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
  func names(of patterns: [PathPattern], in files: RunFiles) -> [String] {
    files.outputs.filter { patterns.contains(PathPattern($0, from: workingFolder)) }
  }

  private func keep(_ files: [RunFile]) async throws -> [RunFile] {
    let keeper = try await recorder.history.with { FileKeeper($0.content) }
    return try await BlockingWork.run(cancellable: { isCancelled in
      try keeper.keep(files, isCancelled: isCancelled)
    })
  }

  /// The outputs, kept where that is possible: they are there, and are recorded anyway.
  func kept(_ outputs: [RunFile]) async -> [RunFile] {
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
  ///   - isReproduced: whether what was done again came out as before.
  func finish(
    _ recording: CompositeRecording, exitCode: Int?, streams: [Content],
    outputs: [RunFile] = [], missing: [String] = [], of process: String = "the container",
    isReproduced: Bool? = nil
  ) async {
    let outcome: Outcome =
      switch exitCode ?? 0 {
      case 0 where missing.isEmpty: .succeeded
      case 0:
        .failed(message: "\(process) did not leave the output \(missing.joined(separator: ", "))")
      case let code: .failed(message: "\(process) ended with exit code \(code)")
      }
    await Task {
      await recording.finish(
        outcome, exitCode: exitCode, streams: streams, outputs: outputs, isReproduced: isReproduced)
    }.value
  }
}
