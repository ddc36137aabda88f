import Arguments
import SmartContainers

/// `sc container exec`, and `sc exec`.
struct ContainerExecCommand: SmartCommand {
  static let description = CommandDescription(
    "exec", abstract: "Execute a command in a running container, and record it as one.",
    discussion: """
      The command's standard output and standard error are passed on, apart and live, and sc ends \
      with its exit code: 126 when it cannot be executed, 127 when there is none. The record has \
      digests of both outputs.

      Examples:
        $ sc container exec web cat /etc/os-release
        $ sc container exec -w /data -e MODE=draft web sort input.txt > output.txt
        $ sc container exec -d web touch /tmp/seen
      """,
    parser: ContainerExecCommand.init)

  let global: GlobalOptions
  let detach: Bool
  let environment: [String]
  let envFile: [String]
  let interactive: Bool
  let privileged: Bool
  let tty: Bool
  let user: String?
  let workingDirectory: String?
  let container: String
  let command: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    detach = arguments.flag("detach", "d", help: "Let it run in the background.")
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
    guard !interactive else {
      throw UsageError("exec -i: standard input is not passed on; copy a file in instead")
    }
    let specification = try specification(invocation)
    let exitCode = try await invocation.withClient { client in
      try await client.exec(in: container, specification, detaches: detach) {
        try OutputChunkWriter.write($0)
      }
    }
    throw ProcessExit(status: Int32(exitCode ?? 0))
  }

  private func specification(_ invocation: Invocation) throws -> ExecSpecification {
    var specification = ExecSpecification(command: command)
    let fromFiles = try envFile.flatMap {
      try NameValueFile.lines(of: try invocation.readText($0), named: $0)
    }
    let shell = invocation.environment
    specification.environment =
      try ContainerOptions.variables(fromFiles + environment, shell: shell)
      .filter { $0.contains("=") }
    specification.workingDirectory = workingDirectory
    specification.user = user
    specification.isPrivileged = privileged
    specification.hasTerminal = tty
    return specification
  }
}
