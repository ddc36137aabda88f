import ArgumentParser
import SmartContainers

/// `sc container logs`.
struct ContainerLogsCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Show what a container wrote.",
    discussion: """
      Its standard output goes to standard output and its standard error to standard error, \
      byte for byte.

      Examples:
        $ sc container logs web
        $ sc container logs -f --tail 20 web
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: .shortAndLong, help: "Go on as long as the container runs.")
  var follow = false

  @Flag(name: .shortAndLong, help: "Begin each line with its time.")
  var timestamps = false

  @Option(
    name: [.customShort("n"), .customLong("tail")],
    help: "Only so many last lines.")
  var tail: String?

  @Option(help: "Only from this time on: RFC 3339, or 10m for ten minutes ago.")
  var since: String?

  @Option(help: "Only up to this time.")
  var until: String?

  @Argument(help: "A name or an id.")
  var container: String

  func run(_ invocation: Invocation) async throws {
    var options = LogOptions()
    options.follows = follow
    options.showsTimes = timestamps
    options.tail = tail
    options.since = try since.map { try TimeArgument.engineTime($0) }
    options.until = try until.map { try TimeArgument.engineTime($0) }
    let engine = try await invocation.engine()
    let inspection = try await engine.inspectContainer(container)
    try await engine.logs(of: inspection.id, options: options, isFramed: !inspection.hasTerminal) {
      frames in
      for try await chunk in frames { try OutputChunkWriter.write(chunk) }
    }
  }
}
