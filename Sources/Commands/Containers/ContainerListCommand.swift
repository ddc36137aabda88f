import Arguments
import SmartContainers

/// `sc container ls`.
struct ContainerListCommand: SmartCommand {
  static let description = CommandDescription(
    "ls", abstract: "List containers.",
    discussion: """
      Examples:
        $ sc container ls -a
        $ sc container ls -a --filter status=exited --format jsonl
      """,
    aliases: ["list", "ps"],
    parser: ContainerListCommand.init)

  let global: GlobalOptions
  let all: Bool
  let quiet: Bool
  let noTrunc: Bool
  let size: Bool
  let latest: Bool
  let last: Int?
  let filter: [String]
  let format: OutputFormat

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    all = arguments.flag("all", "a", help: "Also those that do not run.")
    quiet = arguments.flag("quiet", "q", help: "Only ids.")
    noTrunc = arguments.flag("no-trunc", help: "Do not shorten ids.")
    size = arguments.flag("size", "s", help: "Also how large their files are.")
    latest = arguments.flag("latest", "l", help: "Only the newest, running or not.")
    last = try arguments.option(
      "last", "n", value: "last", help: "Only the newest so many, running or not.")
    filter = try arguments.options(
      "filter", "f", value: "key=value", help: "Only those that match.")
    format =
      try arguments.option(
        "format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let filters = try EngineFilters.parse(filter)
    var which = ContainerFilter(includesStopped: all, limit: latest ? 1 : last, filters: filters)
    which.includesSizes = size
    let containers = try await invocation.engine().listContainers(which)
    if quiet {
      for container in containers {
        try invocation.terminal.writeLine(noTrunc ? container.id : String(container.id.prefix(12)))
      }
      return
    }
    try invocation.terminal.write(containers.map(object), as: format) { table(containers) }
  }

  private func object(_ container: ContainerSummary) -> JSONValue {
    var object: [String: JSONValue] = [
      "id": .string(container.id), "names": .array(container.names.map { .string($0) }),
      "image": .string(container.image), "imageID": .string(container.imageID),
      "command": .string(container.command),
      "createdAt": .string(container.createdAt.description), "state": .string(container.state),
      "status": .string(container.status),
      "ports": .array(container.ports.map { .string($0) }),
      "labels": container.json["Labels"]?.orEmpty ?? [:],
    ]
    if size {
      object["byteCount"] = .integer(container.byteCount)
      object["byteCountWithImage"] = .integer(container.byteCountWithImage)
    }
    return .object(object)
  }

  private func table(_ containers: [ContainerSummary]) -> Table {
    var table = Table(
      ["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"]
        + (size ? ["SIZE"] : []))
    let now = SystemClock.now()
    for container in containers {
      let command = container.command
      let sizes =
        "\(HumanText.size(container.byteCount)) (virtual "
        + "\(HumanText.size(container.byteCountWithImage)))"
      table.add(
        [
          noTrunc ? container.id : String(container.id.prefix(12)),
          noTrunc || !container.image.hasPrefix("sha256:")
            ? container.image : String(container.image.dropFirst(7).prefix(12)),
          "\"\(noTrunc || command.count <= 20 ? command : command.prefix(19) + "…")\"",
          HumanText.age(of: container.createdAt, now: now), container.status,
          container.ports.joined(separator: ", "), container.names.joined(separator: ","),
        ] + (size ? [sizes] : []))
    }
    return table
  }
}
