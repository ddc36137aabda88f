import Arguments
import SmartContainers

/// `sc container top`.
struct ContainerTopCommand: SmartCommand {
  static let description = CommandDescription(
    "top", abstract: "Show the processes of a container.",
    discussion: """
      Examples:
        $ sc container top web
        $ sc container top web aux
      """,
    parser: ContainerTopCommand.init)

  let global: GlobalOptions
  let container: String
  let arguments: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
    self.arguments = try arguments.rest("ps options", help: "The arguments of ps.")
  }

  func run(_ invocation: Invocation) async throws {
    let processes = try await invocation.engine().processes(
      of: container, arguments: arguments.isEmpty ? nil : arguments.joined(separator: " "))
    var table = Table(processes.titles)
    for process in processes.processes { table.add(process) }
    for line in table.lines { try invocation.terminal.writeLine(line) }
  }
}

/// `sc container diff`.
struct ContainerDiffCommand: SmartCommand {
  static let description = CommandDescription(
    "diff", abstract: "Show where a container's files differ from its image's.",
    discussion: """
      A is for added, C for changed, D for removed. sc diff compares configurations.

      Examples:
        $ sc container diff web
      """,
    parser: ContainerDiffCommand.init)

  let global: GlobalOptions
  let format: OutputFormat
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    format =
      try arguments.option("format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    let changes = try await invocation.engine().changes(of: container)
    guard format == .table else {
      return try invocation.terminal.write(changes.map(object), as: format) { Table([]) }
    }
    for change in changes {
      try invocation.terminal.writeLine("\(change.kind.letter) \(PlainText.sanitize(change.path))")
    }
  }

  private func object(_ change: PathChange) -> JSONValue {
    ["kind": .string("\(change.kind)"), "path": .string(change.path)]
  }
}

/// `sc container prune`.
struct ContainerPruneCommand: SmartCommand {
  static let description = CommandDescription(
    "prune", abstract: "Remove the containers that do not run, and record it.",
    discussion: """
      Examples:
        $ sc container prune --dry-run
        $ sc container prune --force --filter until=24h
      """,
    parser: ContainerPruneCommand.init)

  let global: GlobalOptions
  let prune: PruneOptions

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    prune = try PruneOptions(&arguments)
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    var filters = try prune.filters()
    if prune.dryRun {
      filters["status"] = ["created", "exited", "dead"]
      let containers = try await invocation.engine().listContainers(
        ContainerFilter(includesStopped: true, filters: filters))
      return try invocation.write(
        wouldRemove: containers.map { "\($0.names.first ?? "") (\($0.id.prefix(12)))" })
    }
    try prune.confirm("all containers that do not run", invocation)
    try await invocation.withClient { client in
      let report = try await client.engine.pruneContainers(filters: filters)
      try invocation.write(
        removed: report.removed, as: "Deleted Containers:",
        reclaimedInBytes: report.reclaimedInBytes)
    }
  }
}
