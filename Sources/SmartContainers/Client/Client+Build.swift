import DockerEngine
import HTTP
import Provenance

extension Client {
  /// Builds an image from a folder or a Dockerfile, and records it.
  ///
  /// The context is packed as it streams, without what `.dockerignore` excludes. Where the options
  /// leave the builder open, `DOCKER_BUILDKIT` decides, else the engine's preference.
  ///
  /// - Returns: the image's id.
  /// - Throws: `SmartContainersError`, or `EngineError` with the words of the failing step.
  public func buildImage(
    from source: BuildSource, options: BuildOptions,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    var options = options
    if options.builder == .automatic {
      options.builder = try ImageBuilder(variable: builderVariable)
    }
    options.builder = try engine.builder(for: options)
    let input = try BuildInput(
      source, arguments: options.buildArguments, builder: options.builder)
    let stages = input.summary.stages(for: options.target, by: options.builder)
    try Self.refuseSessions(of: stages)
    options.dockerfile = input.dockerfilePath
    if input.exposesDockerfile {
      try await onEvent(
        .warning(
          "BuildKit is sent the Dockerfile as a part of the context: a COPY of the whole folder "
            + "takes it along"))
    }
    let notes = BuildNotes(
      dockerfile: input.dockerfile, dockerfileText: input.dockerfileText,
      baseNames: DockerfileSummary.images(of: stages))
    let context = input.context
    return try await recordedEngine(in: SingleOperationLog(recorder: recorder), notes: notes)
      .buildImage(context: { try await context.next() }, options: options, onEvent: onEvent)
  }

  /// Refuses what BuildKit would ask this client for.
  private static func refuseSessions(
    of stages: [DockerfileSummary.Stage]
  ) throws(SmartContainersError) {
    guard let mount = stages.flatMap(\.sessionMounts).first else { return }
    throw SmartContainersError(
      .failed,
      "line \(mount.line) of the Dockerfile has RUN --mount=type=\(mount.kind), for which BuildKit "
        + "asks its client in a session that sc does not hold",
      hint: "Build it with docker build --\(mount.kind); sc image tag then records the image.")
  }
}
