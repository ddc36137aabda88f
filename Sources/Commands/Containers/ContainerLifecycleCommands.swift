import ArgumentParser
import SmartContainers

/// `sc container start`.
struct ContainerStartCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start containers, and record it.",
    discussion: """
      Examples:
        $ sc container start web
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.startContainer(name)
        return name
      }
    }
  }
}

/// `sc container stop`.
struct ContainerStopCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop containers, and record it.",
    discussion: """
      Examples:
        $ sc container stop web
        $ sc container stop -t 0 web worker
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions
  @OptionGroup var stopping: StoppingOptions

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
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
  static let configuration = CommandConfiguration(
    commandName: "restart", abstract: "Stop containers and start them again, and record it.",
    discussion: """
      Examples:
        $ sc container restart -t 5 web
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions
  @OptionGroup var stopping: StoppingOptions

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.restartContainer(
          name, timeout: stopping.duration, signal: stopping.signal)
        return name
      }
    }
  }
}

/// Docker's flags for how a container is stopped.
struct StoppingOptions: ParsableArguments {
  @Option(
    name: [.customShort("t"), .customLong("time"), .customLong("timeout")],
    parsing: .unconditional,
    help: ArgumentHelp("Wait so long before killing it.", valueName: "seconds"))
  var time: Int64?

  @Option(
    name: [.customShort("s"), .customLong("signal")],
    help: "Send this signal instead of the container's own.")
  var signal: String?

  init() {}

  var duration: Duration? { time.map { .seconds($0) } }
}

/// `sc container kill`.
struct ContainerKillCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "kill", abstract: "Send a signal to containers, and record it.",
    discussion: """
      Examples:
        $ sc container kill web
        $ sc container kill -s HUP web
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Option(
    name: [.customShort("s"), .customLong("signal")],
    help: "The signal; KILL without one.")
  var signal: String?

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.killContainer(name, signal: signal)
        return name
      }
    }
  }
}

/// `sc container rename`.
struct ContainerRenameCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Give a container another name, and record it.",
    discussion: """
      Examples:
        $ sc container rename web web-2025
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "A name or an id.")
  var container: String

  @Argument(help: "The new name.")
  var name: String

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
      try await client.engine.renameContainer(container, to: name)
    }
  }
}

/// `sc container rm`.
struct ContainerRemoveCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove containers, and record it.",
    discussion: """
      The history keeps what they were.

      Examples:
        $ sc container rm web
        $ sc container rm -f -v web
        $ sc container rm --dry-run web
      """,
    aliases: ["remove"])

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: .shortAndLong, help: "Kill a running container first.")
  var force = false

  @Flag(name: .shortAndLong, help: "Remove its anonymous volumes too.")
  var volumes = false

  @Flag(help: "Only say what would be removed.")
  var dryRun = false

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    if dryRun {
      let engine = try await invocation.engine()
      try await invocation.forEach(containers) { name in
        let container = try await engine.inspectContainer(name)
        return "would remove \(container.name) (\(container.id.prefix(12)))"
      }
      return
    }
    try await invocation.withClient { client in
      try await invocation.forEach(containers) { name in
        try await client.engine.removeContainer(name, removesVolumes: volumes, force: force)
        return name
      }
    }
  }
}
