import Canonical
import DockerEngine
import Provenance

extension Client {
  /// Executes a command in a running container, and records it as one activity.
  ///
  /// - Parameters:
  ///   - detaches: whether it goes on in the background.
  ///   - interaction: what is passed on to its standard input, and the user's terminal, where
  ///     the specification has them.
  ///   - onOutput: called with each piece of output as it comes; the command waits for it. Once
  ///     it throws it is called no more; the command goes on to its end and is recorded.
  /// - Returns: the exit code; nil when it goes on without us.
  /// - Throws: `EngineError`; at the end, what `onOutput` threw.
  public func exec(
    in container: String, _ specification: ExecSpecification, detaches: Bool = false,
    interaction: Interaction = Interaction(),
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> Int? {
    let recording = try await CompositeRecording.begin(
      .exec, about: specification.json, recorder)
    let engine = recordedEngine(in: recording)
    let output = RunOutput(reader: onOutput)
    let input = ProcessInput(interaction, hasTerminal: specification.hasTerminal)
    let streams = { @Sendable in (input?.contents ?? []) + output.contents }
    let exitCode: Int?
    do {
      let id = try await engine.createExec(in: container, specification)
      if detaches {
        try await engine.startExecDetached(id)
        exitCode = nil
      } else {
        let session = ExecSession(
          engine: engine, id: id, hasTerminal: specification.hasTerminal,
          interaction: interaction, input: input, output: output)
        exitCode = try await session.toEnd()
      }
      await finish(recording, exitCode: exitCode, streams: streams(), of: "the command")
    } catch {
      await Task { await recording.finish(error, streams: streams()) }.value
      throw error
    }
    if let failure = output.failure { throw failure }
    return exitCode
  }
}

/// One command that is executed, from its start to its end.
private struct ExecSession {
  let engine: EngineClient
  let id: String
  let hasTerminal: Bool
  let interaction: Interaction
  let input: ProcessInput?
  let output: RunOutput

  /// Starts it and passes its streams on.
  ///
  /// - Returns: the exit code; nil when the user left it by the detach keys.
  func toEnd() async throws -> Int? {
    let running = Readiness(count: 1)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          guard await running.wait() else { return }
          await interaction.passSizes { try await engine.resizeTerminal(ofExec: id, to: $0) }
        }
        defer { group.cancelAll() }
        try await running.guarding { try await passStreams(running) }
      }
    } catch is Detachment {
      return nil
    }
    return try await engine.exitCode(ofExec: id)
  }

  private func passStreams(_ running: Readiness) async throws {
    let next = input.map { input in { @Sendable in try await input.next() } }
    try await engine.startExec(
      id, isFramed: !hasTerminal, input: next, onStarted: { running.signal() }
    ) { frames in
      for try await chunk in frames { try await output.take(chunk) }
    }
  }
}
