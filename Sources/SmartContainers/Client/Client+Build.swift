import DockerEngine
import HTTP
import Provenance

extension Client {
  /// Builds an image from a folder or a Dockerfile, and records it.
  ///
  /// The context is packed as it streams, without what `.dockerignore` excludes. Where the options
  /// leave the builder open, `DOCKER_BUILDKIT` decides, else the engine's preference.
  ///
  /// - Parameters:
  ///   - credentials: those of every registry that a base image may come from. BuildKit does not
  ///     take them, so base images of these registries are pulled before, as far as they are
  ///     missing or the options say so.
  ///   - keep: whether the Dockerfile and the context, as it was sent, are kept in the history as
  ///     large content. When that fails the image is built all the same, and `finish` says so.
  ///   - onEvent: called with each event as it comes; the engine waits for it.
  /// - Returns: the image's id.
  /// - Throws: `SmartContainersError`, or `EngineError` with the words of the failing step.
  public func buildImage(
    from source: BuildSource, options: BuildOptions, credentials: [RegistryCredentials] = [],
    keep: Bool = false, onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    try await check(labels: options.labels)
    var options = options
    if options.builder == .automatic {
      options.builder = try ImageBuilder(variable: builderVariable)
    }
    options.builder = try engine.builder(for: options)
    var input = try BuildInput(
      source, arguments: options.buildArguments, builder: options.builder)
    let stages = input.summary.stages(for: options.target, by: options.builder)
    try Self.refuseSessions(of: stages)
    options.dockerfile = input.dockerfilePath
    if input.exposesDockerfile { try await onEvent(.warning(Self.exposure)) }
    try await pullBases(of: stages, &options, credentials, onEvent)
    if keep {
      input.dockerfile = await recorder.keep(input.dockerfileBytes, as: input.dockerfile)
    }
    let context = input.context
    do {
      return try await recordedEngine(
        OperationNotes(build: BuildNotes(input, stages), keepsContent: keep)
      ).buildImage(
        context: { try await context.next() }, options: options, credentials: credentials,
        onEvent: onEvent)
    } catch let error as EngineError {
      throw Self.explained(error, input.summary)
    }
  }

  private static let exposure =
    "BuildKit is sent the Dockerfile as a part of the context: a COPY of the whole folder takes it "
    + "along"

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

  /// Pulls the base images for which BuildKit would ask for credentials.
  ///
  /// Where there are any, all that is to be pulled is pulled here: asked to pull, BuildKit would ask
  /// each registry again.
  private func pullBases(
    of stages: [DockerfileSummary.Stage], _ options: inout BuildOptions,
    _ credentials: [RegistryCredentials], _ onEvent: (ProgressEvent) async throws -> Void
  ) async throws {
    guard options.builder == .buildKit else { return }
    func credential(for name: ImageName) -> RegistryCredentials? {
      credentials.first { $0.server == CredentialStore.key(for: name.registry) }
    }
    func isPrivate(_ image: String) -> Bool {
      (try? ImageName(image)).flatMap(credential) != nil
    }
    let images = DockerfileSummary.images(of: stages)
    guard images.contains(where: isPrivate) else { return }
    for image in images where options.pulls || isPrivate(image) {
      try await engine.provideImage(
        image, platform: options.platform, options.pulls ? .always : .missing,
        credentials: credential, onEvent: onEvent)
    }
    options.pulls = false
  }

  /// Says what to do about an error of a build whose cause stands in the Dockerfile.
  private static func explained(_ error: EngineError, _ summary: DockerfileSummary) -> any Error {
    if error.isAboutFrontend, let frontend = summary.frontend {
      return SmartContainersError(
        .failed,
        "the engine cannot get \(frontend), which the Dockerfile's syntax line asks for: "
          + error.message,
        hint: "Leave the line out if the engine's own BuildKit will do, or load that image first.",
        cause: error)
    }
    if summary.hasHeredocs, summary.frontend == nil, error.step == nil, error.exitCode == nil {
      return SmartContainersError(
        .failed, error.message,
        hint: "The Dockerfile has heredocs, which the classic builder does not know, nor BuildKit "
          + "before Docker 23.", cause: error)
    }
    return error
  }
}
