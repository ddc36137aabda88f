import Arguments
import SmartContainers

/// `sc container attach`.
struct ContainerAttachCommand: SmartCommand {
  static let description = CommandDescription(
    "attach", abstract: "Take part in a running container: its output, its input, its terminal.",
    discussion: """
      What the container writes from now on is passed on, and standard input goes to it where it \
      was created with -i. sc ends with the container's exit code, or when you leave a terminal \
      with Control-P Control-Q. Signals go to the container. What passes is not recorded.

      Examples:
        $ sc container attach web
        $ sc container attach --no-stdin --sig-proxy=false web
      """,
    parser: ContainerAttachCommand.init)

  let global: GlobalOptions
  let noStdin: Bool
  let session: SessionOptions
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    noStdin = arguments.flag("no-stdin", help: "Do not pass standard input on.")
    session = try SessionOptions(&arguments)
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    let exitCode = try await invocation.withClient { client in
      try await invocation.attach(
        to: container, starts: false, passesInput: !noStdin, session, client)
    }
    throw ProcessExit(status: exitCode)
  }
}

extension Invocation {
  /// Attaches the user to a container until it ends.
  ///
  /// - Parameters:
  ///   - starts: whether it is started first.
  ///   - passesInput: whether standard input goes to it, where it was created so.
  /// - Returns: the exit code that `sc` ends with.
  func attach(
    to container: String, starts: Bool, passesInput: Bool, _ options: SessionOptions,
    _ client: Client
  ) async throws -> Int32 {
    let inspection = try await client.engine.inspectContainer(container)
    let session = UserSession(
      passesInput: passesInput && inspection.opensStandardInput,
      hasTerminal: inspection.hasTerminal, forwardsSignals: options.forwardsSignals,
      detachKeys: options.detachKeys)
    let exitCode = try await session.during { ends in
      try await client.attach(
        to: inspection.id, starts: starts, signals: ends.signals, interaction: ends.interaction
      ) { try OutputChunkWriter.write($0) }
    }
    if exitCode == nil {
      terminal.note("sc: left \(PlainText.sanitize(inspection.name)), which goes on")
    }
    return Int32(exitCode ?? 0)
  }
}
