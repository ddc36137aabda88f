import Arguments
import SmartContainers

/// `sc volume rm`.
struct VolumeRemoveCommand: SmartCommand {
  static let description = CommandDescription(
    "rm", abstract: "Remove volumes with what they hold, and record it.",
    discussion: """
      Examples:
        $ sc volume rm data
        $ sc volume rm --dry-run data
      """,
    aliases: ["remove"],
    parser: VolumeRemoveCommand.init)

  let global: GlobalOptions
  let force: Bool
  let dryRun: Bool
  let volumes: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    force = arguments.flag("force", "f", help: "One that is not there counts as removed.")
    dryRun = arguments.flag("dry-run", help: "Only say what would be removed.")
    global = try GlobalOptions(&arguments)
    volumes = try arguments.words("volume", help: "Names.")
  }

  func run(_ invocation: Invocation) async throws {
    if dryRun {
      let engine = try await invocation.engine()
      try await invocation.forEach(volumes) { name in
        "would remove \(try await engine.inspectVolume(name).name)"
      }
      return
    }
    try await invocation.withClient { client in
      try await invocation.forEach(volumes) { name in
        try await client.engine.removeVolume(name, force: force)
        return name
      }
    }
  }
}

/// `sc volume prune`.
struct VolumePruneCommand: SmartCommand {
  static let description = CommandDescription(
    "prune", abstract: "Remove the volumes that no container uses, and record it.",
    discussion: """
      Engines from API 1.42 on remove only those without a name of their own, and the others \
      with --all.

      Examples:
        $ sc volume prune --dry-run
        $ sc volume prune --force --filter label=scratch
      """,
    parser: VolumePruneCommand.init)

  let global: GlobalOptions
  let all: Bool
  let prune: PruneOptions

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    all = arguments.flag("all", "a", help: "Also those that have a name of their own.")
    prune = try PruneOptions(&arguments)
    global = try GlobalOptions(&arguments)
  }

  /// From this version on an engine makes a difference between the named and the others.
  private static let firstWithAll = APIVersion(1, 42)

  func run(_ invocation: Invocation) async throws {
    var filters = try prune.filters()
    if prune.dryRun {
      let engine = try await invocation.engine()
      filters["dangling"] = ["true"]
      if !all, engine.apiVersion >= Self.firstWithAll {
        filters["label", default: []].append("com.docker.volume.anonymous")
      }
      let volumes = try await engine.listVolumes(filters: filters)
      return try invocation.write(wouldRemove: volumes.map(\.name))
    }
    try prune.confirm("volumes that no container uses, with what they hold", invocation)
    try await invocation.withClient { client in
      if all, client.engine.apiVersion >= Self.firstWithAll { filters["all"] = ["true"] }
      let report = try await client.engine.pruneVolumes(filters: filters)
      try invocation.write(
        removed: report.removed, as: "Deleted Volumes:",
        reclaimedInBytes: report.reclaimedInBytes)
    }
  }
}
