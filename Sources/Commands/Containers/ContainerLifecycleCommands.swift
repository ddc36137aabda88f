import Arguments
import SmartContainers

/// `sc container start`.
struct ContainerStartCommand: SmartCommand {
  static let description = CommandDescription(
    "start", abstract: "Start containers, and record it.",
    discussion: """
      Examples:
        $ sc container start web
        $ sc container start -a -i shell
      """,
    parser: ContainerStartCommand.init)

  let global: GlobalOptions
  let attach: Bool
  let interactive: Bool
  let session: SessionOptions
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    attach = arguments.flag(
      "attach", "a", help: "Pass on what it writes, and end with its exit code.")
    interactive = arguments.flag(
      "interactive", "i", help: "Pass standard input on as well, where it was created so.")
    session = try SessionOptions(&arguments)
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    guard !attach && !interactive || containers.count == 1 else {
      throw UsageError("start: only one container can be attached to")
    }
    if attach || interactive {
      let exitCode = try await invocation.withClient { client in
        try await invocation.attach(
          to: containers[0], starts: true, passesInput: interactive, session, client)
      }
      throw ProcessExit(status: exitCode)
    }
    try await invocation.withClient(for: .container(containers[0])) { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.startContainer(name)
        return name
      }
    }
  }
}

/// `sc container stop`.
struct ContainerStopCommand: SmartCommand {
  static let description = CommandDescription(
    "stop", abstract: "Stop containers, and record it.",
    discussion: """
      Examples:
        $ sc container stop web
        $ sc container stop -t 0 web worker
      """,
    parser: ContainerStopCommand.init)

  let global: GlobalOptions
  let stopping: StoppingOptions
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    stopping = try StoppingOptions(&arguments)
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient(for: .container(containers[0])) { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.stopContainer(
          name, timeout: stopping.duration, signal: stopping.signal)
        return name
      }
    }
  }
}

/// `sc container restart`.
struct ContainerRestartCommand: SmartCommand {
  static let description = CommandDescription(
    "restart", abstract: "Stop containers and start them again, and record it.",
    discussion: """
      Examples:
        $ sc container restart -t 5 web
      """,
    parser: ContainerRestartCommand.init)

  let global: GlobalOptions
  let stopping: StoppingOptions
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    stopping = try StoppingOptions(&arguments)
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient(for: .container(containers[0])) { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.restartContainer(
          name, timeout: stopping.duration, signal: stopping.signal)
        return name
      }
    }
  }
}

/// Docker's flags for how a container is stopped.
struct StoppingOptions {
  let time: Int64?
  let signal: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    time = try arguments.option(
      "time", "timeout", "t", value: "seconds", help: "Wait so long before killing it.")
    signal = try arguments.option(
      "signal", "s", value: "signal", help: "Send this signal instead of the container's own.")
  }

  var duration: Duration? { time.map { .seconds($0) } }
}

/// `sc container kill`.
struct ContainerKillCommand: SmartCommand {
  static let description = CommandDescription(
    "kill", abstract: "Send a signal to containers, and record it.",
    discussion: """
      Examples:
        $ sc container kill web
        $ sc container kill -s HUP web
      """,
    parser: ContainerKillCommand.init)

  let global: GlobalOptions
  let signal: String?
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    signal = try arguments.option(
      "signal", "s", value: "signal", help: "The signal; KILL without one.")
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient(for: .container(containers[0])) { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.killContainer(name, signal: signal)
        return name
      }
    }
  }
}

/// `sc container rename`.
struct ContainerRenameCommand: SmartCommand {
  static let description = CommandDescription(
    "rename", abstract: "Give a container another name, and record it.",
    discussion: """
      Examples:
        $ sc container rename web web-2025
      """,
    parser: ContainerRenameCommand.init)

  let global: GlobalOptions
  let container: String
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
    name = try arguments.word("name", help: "The new name.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient(for: .container(container)) { client in
      try await client.engine.renameContainer(container, to: name)
    }
  }
}

/// `sc container rm`.
struct ContainerRemoveCommand: SmartCommand {
  static let description = CommandDescription(
    "rm", abstract: "Remove containers, and record it.",
    discussion: """
      The history keeps what they were.

      Examples:
        $ sc container rm web
        $ sc container rm -f -v web
        $ sc container rm --dry-run web
      """,
    aliases: ["remove"],
    parser: ContainerRemoveCommand.init)

  let global: GlobalOptions
  let force: Bool
  let volumes: Bool
  let dryRun: Bool
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    force = arguments.flag("force", "f", help: "Kill a running container first.")
    volumes = arguments.flag("volumes", "v", help: "Remove its anonymous volumes too.")
    dryRun = arguments.flag("dry-run", help: "Only say what would be removed.")
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    if dryRun {
      let engine = try await invocation.engine()
      try await invocation.forEach(containers) { name in
        let container = try await engine.inspectContainer(name)
        return "would remove \(container.name) (\(container.id.prefix(12)))"
      }
      return
    }
    try await invocation.withClient(for: .container(containers[0])) { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.removeContainer(name, removesVolumes: volumes, force: force)
        return name
      }
    }
  }
}
