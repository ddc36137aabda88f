import Arguments
import SmartContainers

/// `sc container logs`.
struct ContainerLogsCommand: SmartCommand {
  static let description = CommandDescription(
    "logs", abstract: "Show what a container wrote.",
    discussion: """
      Its standard output goes to standard output and its standard error to standard error, \
      byte for byte.

      Examples:
        $ sc container logs web
        $ sc container logs -f --tail 20 web
      """,
    parser: ContainerLogsCommand.init)

  let global: GlobalOptions
  let follow: Bool
  let timestamps: Bool
  let details: Bool
  let tail: String?
  let since: String?
  let until: String?
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    follow = arguments.flag("follow", "f", help: "Go on as long as the container runs.")
    timestamps = arguments.flag("timestamps", "t", help: "Begin each line with its time.")
    details = arguments.flag(
      "details", help: "Begin each line with the labels and variables that the log keeps.")
    tail = try arguments.option("tail", "n", value: "tail", help: "Only so many last lines.")
    since = try arguments.option(
      "since", value: "since", help: "Only from this time on: RFC 3339, or 10m for ten minutes ago."
    )
    until = try arguments.option("until", value: "until", help: "Only up to this time.")
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    var options = LogOptions()
    options.follows = follow
    options.showsTimes = timestamps
    options.showsDetails = details
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
