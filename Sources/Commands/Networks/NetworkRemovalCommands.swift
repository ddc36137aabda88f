import Arguments
import SmartContainers

/// `sc network rm`.
struct NetworkRemoveCommand: SmartCommand {
  static let description = CommandDescription(
    "rm", abstract: "Remove networks, and record it.",
    discussion: """
      Examples:
        $ sc network rm lab
        $ sc network rm --dry-run lab
      """,
    aliases: ["remove"],
    parser: NetworkRemoveCommand.init)

  let global: GlobalOptions
  let force: Bool
  let dryRun: Bool
  let networks: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    force = arguments.flag("force", "f", help: "One that is not there is no failure.")
    dryRun = arguments.flag("dry-run", help: "Only say what would be removed.")
    global = try GlobalOptions(&arguments)
    networks = try arguments.words("network", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    if dryRun {
      let engine = try await invocation.engine()
      try await invocation.forEach(networks) { name in
        let network = try await engine.inspectNetwork(name)
        return "would remove \(network.name) (\(network.id.prefix(12)))"
      }
      return
    }
    try await invocation.withClient { client in
      try await invocation.forEach(networks) { name in
        do {
          try await client.engine.removeNetwork(name)
        } catch let error as EngineError where force && error.code == .notFound {
          return nil
        }
        return name
      }
    }
  }
}

/// `sc network prune`.
struct NetworkPruneCommand: SmartCommand {
  static let description = CommandDescription(
    "prune", abstract: "Remove the networks that no container is in, and record it.",
    discussion: """
      Examples:
        $ sc network prune --dry-run
        $ sc network prune --force --filter label=scratch
      """,
    parser: NetworkPruneCommand.init)

  let global: GlobalOptions
  let prune: PruneOptions

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    prune = try PruneOptions(&arguments)
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    var filters = try prune.filters()
    if prune.dryRun {
      filters["dangling"] = ["true"]
      let networks = try await invocation.engine().listNetworks(filters: filters)
      return try invocation.write(wouldRemove: networks.map(\.name).sorted())
    }
    try prune.confirm("networks that no container is in", invocation)
    try await invocation.withClient { client in
      let report = try await client.engine.pruneNetworks(filters: filters)
      try invocation.write(
        removed: report.removed, as: "Deleted Networks:", reclaimedInBytes: nil)
    }
  }
}
