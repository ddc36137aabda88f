import Canonical
import DockerEngine
import Provenance

extension Client {
  /// Executes a command in a running container, and records it as one activity.
  ///
  /// - Parameters:
  ///   - detaches: whether it goes on in the background.
  ///   - onOutput: called with each piece of output as it comes; the command waits for it. Once
  ///     it throws it is called no more; the command goes on to its end and is recorded.
  /// - Returns: the exit code; nil when it goes on in the background.
  /// - Throws: `EngineError`; at the end, what `onOutput` threw.
  public func exec(
    in container: String, _ specification: ExecSpecification, detaches: Bool = false,
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> Int? {
    let recording = try await CompositeRecording.begin(
      "exec", about: specification.json, recorder)
    let engine = recordedEngine(in: recording)
    let output = RunOutput(reader: onOutput)
    let exitCode: Int?
    do {
      let id = try await engine.createExec(in: container, specification)
      if detaches {
        try await engine.startExecDetached(id)
        exitCode = nil
      } else {
        try await engine.startExec(id, isFramed: !specification.hasTerminal) { frames in
          for try await chunk in frames { try await output.take(chunk) }
        }
        exitCode = try await engine.exitCode(ofExec: id)
      }
      await finish(
        recording, exitCode: exitCode, outputs: output.contents, of: "the command")
    } catch {
      await Task { [outputs = output.contents] in
        await recording.finish(error, outputs: outputs)
      }.value
      throw error
    }
    if let failure = output.failure { throw failure }
    return exitCode
  }
}
