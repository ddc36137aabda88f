import Arguments
import SmartContainers

/// `sc volume ls`.
struct VolumeListCommand: SmartCommand {
  static let description = CommandDescription(
    "ls", abstract: "List volumes.",
    discussion: """
      Examples:
        $ sc volume ls
        $ sc volume ls --filter dangling=true --format jsonl
      """,
    aliases: ["list"],
    parser: VolumeListCommand.init)

  let global: GlobalOptions
  let quiet: Bool
  let filter: [String]
  let format: OutputFormat

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    quiet = arguments.flag("quiet", "q", help: "Only names.")
    filter = try arguments.options(
      "filter", "f", value: "key=value", help: "Only those that match.")
    format =
      try arguments.option("format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let filters = try EngineFilters.parse(filter)
    let volumes = try await invocation.engine().listVolumes(filters: filters)
      .sorted { $0.name < $1.name }
    if quiet {
      for volume in volumes {
        try invocation.terminal.writeLine(PlainText.sanitize(volume.name))
      }
      return
    }
    try invocation.terminal.write(volumes.map(object), as: format) {
      var table = Table(["DRIVER", "VOLUME NAME"])
      for volume in volumes { table.add([volume.driver, volume.name]) }
      return table
    }
  }

  private func object(_ volume: VolumeInspection) -> JSONValue {
    [
      "name": .string(volume.name), "driver": .string(volume.driver),
      "mountPoint": .string(volume.mountPoint), "scope": .string(volume.scope),
      "createdAt": volume.createdAt.map { .string($0.description) } ?? .null,
      "labels": volume.json["Labels"]?.orEmpty ?? [:],
      "options": volume.json["Options"]?.orEmpty ?? [:],
    ]
  }
}

/// `sc volume inspect`.
struct VolumeInspectCommand: SmartCommand {
  static let description = CommandDescription(
    "inspect", abstract: "Show what the engine knows of volumes, as JSON.",
    discussion: """
      Examples:
        $ sc volume inspect data
      """,
    parser: VolumeInspectCommand.init)

  let global: GlobalOptions
  let volumes: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    volumes = try arguments.words("volume", help: "Names.")
  }

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.inspect(volumes) { try await engine.inspectVolume($0).json }
  }
}
