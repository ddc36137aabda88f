import DockerEngine
import Provenance

extension Client {
  /// Creates a container, runs it to its end and records all of it as one activity.
  ///
  /// - Throws: `RunFailure` when the container could not be created or started; at the end, what
  ///   `onOutput` threw.
  func perform(
    _ request: RunRequest, signals: AsyncStream<String>, interaction: Interaction,
    onCreated: @Sendable (CreatedContainer) throws -> Void,
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> RunEnd {
    var request = request
    let (specification, files) = (request.specification, request.options.files)
    request.options.pulling = await remaining(
      of: request.options.pulling, for: specification.image)
    let recording = try await CompositeRecording.begin(
      request.operation, about: specification.json, with: request.files,
      repeating: request.repeated, recorder)
    let engine = recordedEngine(in: recording)
    let output = RunOutput(reader: onOutput)
    let input = ProcessInput(interaction, hasTerminal: specification.hasTerminal)
    let streams = { @Sendable in (input?.contents ?? []) + output.contents }
    var run = RunSteps(request, as: recording.intent.id, on: engine)
    var end: RunEnd
    do {
      let created = try await run.create(onCreated)
      var attachment = request.options.attachment
      attachment.hasTerminal = specification.hasTerminal
      attachment.detachKeys = interaction.detachKeys
      try await run.sendFiles()
      end = try await run.toEnd(
        ContainerFollower(
          engine: engine, id: created.id, options: attachment, interaction: interaction,
          input: input, output: output, signals: signals))
      end.streams = streams()
      if files.keepsOutputs { end.outputs = await kept(end.outputs) }
      let missing =
        request.operation == .run ? names(of: end.missing, in: files) : end.missing.map(\.text)
      await finish(
        recording, exitCode: end.exitCode, streams: end.streams, outputs: end.outputs,
        missing: missing, isReproduced: request.verdict(end))
    } catch {
      let cause = (error as? RunFailure)?.cause ?? error
      await Task {
        await recording.finish(cause, exitCode: run.exitCode, streams: streams())
      }.value
      throw error
    }
    if let failure = output.failure { throw failure }
    return end
  }
}
