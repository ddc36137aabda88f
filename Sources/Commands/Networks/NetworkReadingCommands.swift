import Arguments
import SmartContainers

/// `sc network ls`.
struct NetworkListCommand: SmartCommand {
  static let description = CommandDescription(
    "ls", abstract: "List networks.",
    discussion: """
      Examples:
        $ sc network ls
        $ sc network ls --filter driver=bridge --format jsonl
      """,
    aliases: ["list"],
    parser: NetworkListCommand.init)

  let global: GlobalOptions
  let quiet: Bool
  let noTrunc: Bool
  let filter: [String]
  let format: OutputFormat

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    quiet = arguments.flag("quiet", "q", help: "Only ids.")
    noTrunc = arguments.flag("no-trunc", help: "Do not shorten ids.")
    filter = try arguments.options(
      "filter", "f", value: "key=value", help: "Only those that match.")
    format =
      try arguments.option("format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let filters = try EngineFilters.parse(filter)
    let networks = try await invocation.engine().listNetworks(filters: filters)
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    if quiet {
      for network in networks { try invocation.terminal.writeLine(shown(network.id)) }
      return
    }
    try invocation.terminal.write(networks.map(object), as: format) {
      var table = Table(["NETWORK ID", "NAME", "DRIVER", "SCOPE"])
      for network in networks {
        table.add([shown(network.id), network.name, network.driver, network.scope])
      }
      return table
    }
  }

  private func shown(_ id: String) -> String { noTrunc ? id : String(id.prefix(12)) }

  private func object(_ network: NetworkInspection) -> JSONValue {
    [
      "id": .string(network.id), "name": .string(network.name),
      "driver": .string(network.driver), "scope": .string(network.scope),
      "createdAt": network.createdAt.map { .string($0.description) } ?? .null,
      "subnets": .array(network.subnets.map { .string($0) }),
      "internal": .bool(network.isInternal), "attachable": .bool(network.isAttachable),
      "ipv6": .bool(network.enablesIPv6), "labels": network.json["Labels"]?.orEmpty ?? [:],
    ]
  }
}

/// `sc network inspect`.
struct NetworkInspectCommand: SmartCommand {
  static let description = CommandDescription(
    "inspect", abstract: "Show what the engine knows of networks, as JSON.",
    discussion: """
      Examples:
        $ sc network inspect lab
      """,
    parser: NetworkInspectCommand.init)

  let global: GlobalOptions
  let networks: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    networks = try arguments.words("network", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.inspect(networks) { try await engine.inspectNetwork($0).json }
  }
}
