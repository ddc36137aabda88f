import Arguments
import SmartContainers

/// `sc container exec`, and `sc exec`.
struct ContainerExecCommand: SmartCommand {
  static let description = CommandDescription(
    "exec", abstract: "Execute a command in a running container, and record it as one.",
    discussion: """
      The command's standard output and standard error are passed on, apart and live, and sc ends \
      with its exit code; the engine's is 126 or 127 when it cannot be executed. The record has \
      digests of both outputs, and of the input that is piped in with -i.

      With -i -t you type to the command as on a terminal of its own, until it ends or until you \
      leave it with Control-P Control-Q.

      Examples:
        $ sc container exec web cat /etc/os-release
        $ sc container exec -w /data -e MODE=draft web sort input.txt > output.txt
        $ sc container exec -i web sh -c 'cat > /data/in.txt' < in.txt
        $ sc container exec -it web sh
        $ sc container exec -d web touch /tmp/seen
      """,
    parser: ContainerExecCommand.init)

  let global: GlobalOptions
  let detach: Bool
  let environment: [String]
  let envFile: [String]
  let detachKeys: DetachKeys
  let interactive: Bool
  let privileged: Bool
  let tty: Bool
  let user: String?
  let workingDirectory: String?
  let container: String
  let command: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    detach = arguments.flag("detach", "d", help: "Let it run in the background.")
    detachKeys = try SessionOptions.detachKeys(&arguments)
    environment = try arguments.options(
      "env", "e", value: "name=value",
      help: "Set an environment variable; NAME alone takes the value of this shell.")
    envFile = try arguments.options(
      "env-file", value: "file", help: "Read environment variables from a file.")
    interactive = arguments.flag("interactive", "i", help: "Pass standard input on.")
    privileged = arguments.flag("privileged", help: "Give it all rights of the host.")
    tty = arguments.flag("tty", "t", help: "Allocate a terminal.")
    user = try arguments.option("user", "u", value: "user[:group]", help: "Run as this user.")
    workingDirectory = try arguments.option(
      "workdir", "w", value: "path", help: "Start in this folder of the container.")
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
    command = try arguments.rest("command", help: "The command and its arguments.")
  }

  func run(_ invocation: Invocation) async throws {
    guard !command.isEmpty else { throw UsageError("exec: the command is missing") }
    let specification = try specification(invocation)
    // A signal ends sc and not the command, which docker has no way to send one either.
    let session = UserSession(
      passesInput: interactive && !detach, hasTerminal: tty && !detach, forwardsSignals: false,
      detachKeys: detachKeys)
    let exitCode = try await invocation.withClient(for: .container(container)) { client in
      try await session.during { ends in
        try await client.exec(
          in: container, specification, detaches: detach, interaction: ends.interaction
        ) { try OutputChunkWriter.write($0) }
      }
    }
    if exitCode == nil, !detach { invocation.terminal.note("sc: left the command, which goes on") }
    throw ProcessExit(status: Int32(exitCode ?? 0))
  }

  private func specification(_ invocation: Invocation) throws -> ExecSpecification {
    var specification = ExecSpecification(command: command)
    let fromFiles = try envFile.flatMap {
      try EnvironmentFile(parsing: try invocation.readText($0), named: $0).entries
    }
    let shell = invocation.environment
    specification.environment =
      try ContainerOptions.variables(fromFiles + environment, shell: shell)
      .filter { $0.contains("=") }
    specification.workingDirectory = workingDirectory
    specification.user = user
    specification.isPrivileged = privileged
    specification.hasTerminal = tty
    specification.attachesStandardInput = interactive && !detach
    specification.detachKeys = tty ? detachKeys : nil
    return specification
  }
}
