import DockerEngine
import HTTP
import Provenance

extension Client {
  /// Attaches to a running container until it ends, or starts one and attaches to it.
  ///
  /// The start is recorded; what passes is not.
  ///
  /// - Parameters:
  ///   - starts: whether the container is to be started first.
  ///   - signals: names of signals to forward to the container, `INT`.
  ///   - interaction: what is passed on to its standard input, and the user's terminal.
  ///   - onOutput: called with each piece of output as it comes; the container waits for it.
  /// - Returns: the exit code; nil when the container goes on without us.
  /// - Throws: `EngineError`: `conflict` when it is in no state to be attached to; at the end, what
  ///   `onOutput` threw.
  public func attach(
    to container: String, starts: Bool = false, options: AttachOptions = AttachOptions(),
    signals: AsyncStream<String> = AsyncStream { $0.finish() },
    interaction: Interaction = Interaction(),
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> Int? {
    let inspection = try await engine.inspectContainer(container)
    if !starts { try Self.checkAttachable(inspection) }
    var options = options
    options.hasTerminal = inspection.hasTerminal
    options.detachKeys = interaction.detachKeys
    let output = RunOutput(reader: onOutput)
    let follower = ContainerFollower(
      engine: engine, id: inspection.id, options: options, interaction: interaction,
      input: ProcessInput(interaction, hasTerminal: inspection.hasTerminal), output: output,
      signals: signals, isRunning: !starts || inspection.isRunning)
    let exitCode = try await follower.follow { [engine] in
      if starts { try await engine.startContainer(inspection.id) }
    }
    if let failure = output.failure { throw failure }
    return exitCode
  }

  private static func checkAttachable(_ container: ContainerInspection) throws {
    let problem: String
    switch container.status {
    case "running": return
    case "paused": problem = "is paused: there is nothing to see until it goes on"
    case "restarting": problem = "is being restarted: attach to it once it runs"
    default: problem = "does not run: start it first, or use start --attach"
    }
    throw EngineError(
      .conflict, "container \(container.name) \(problem)",
      operation: RouteTable.containerAttach.operation)
  }
}
