import Arguments
import SmartContainers

/// `sc image history`.
struct ImageHistoryCommand: SmartCommand {
  static let description = CommandDescription(
    "history", abstract: "Show the steps by which an image was made.",
    discussion: """
      The last step comes first. sc log shows what this history has of the image.

      Examples:
        $ sc image history tool:1
        $ sc image history --format json tool:1
      """,
    parser: ImageHistoryCommand.init)

  let global: GlobalOptions
  let quiet: Bool
  let noTrunc: Bool
  let format: OutputFormat
  let image: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    quiet = arguments.flag("quiet", "q", help: "Only ids.")
    noTrunc = arguments.flag("no-trunc", help: "Do not shorten.")
    format =
      try arguments.option("format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
    image = try arguments.word("image", help: "A name, an id or a digest reference.")
  }

  func run(_ invocation: Invocation) async throws {
    let steps = try await invocation.engine().imageHistory(image)
    if quiet {
      for step in steps { try invocation.terminal.writeLine(shown(step.id)) }
      return
    }
    try invocation.terminal.write(steps.map(object), as: format) { table(steps) }
  }

  private func shown(_ id: String?) -> String {
    guard let id else { return "<missing>" }
    return noTrunc ? id : String(id.split(separator: ":").last?.prefix(12) ?? "")
  }

  private func object(_ step: ImageStep) -> JSONValue {
    [
      "id": step.id.map { .string($0) } ?? .null,
      "createdAt": .string(step.createdAt.description), "createdBy": .string(step.createdBy),
      "sizeInBytes": .integer(step.sizeInBytes), "comment": .string(step.comment),
      "tags": .array(step.tags.map { .string($0) }),
    ]
  }

  private func table(_ steps: [ImageStep]) -> Table {
    var table = Table(["IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT"])
    let now = SystemClock.now()
    for step in steps {
      let command = step.createdBy
      table.add([
        shown(step.id), HumanText.age(of: step.createdAt, now: now),
        noTrunc || command.count <= 45 ? command : command.prefix(44) + "…",
        HumanText.size(step.sizeInBytes), step.comment,
      ])
    }
    return table
  }
}

/// `sc image prune`.
struct ImagePruneCommand: SmartCommand {
  static let description = CommandDescription(
    "prune", abstract: "Remove images that nobody uses, and record it.",
    discussion: """
      Those without a name, or with --all every one from which no container was made.

      Examples:
        $ sc image prune --dry-run
        $ sc image prune --all --force --filter until=24h
      """,
    parser: ImagePruneCommand.init)

  let global: GlobalOptions
  let all: Bool
  let prune: PruneOptions

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    all = arguments.flag("all", "a", help: "Also those that have a name.")
    prune = try PruneOptions(&arguments)
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    var filters = try prune.filters()
    if prune.dryRun {
      let engine = try await invocation.engine()
      if !all { filters["dangling"] = ["true"] }
      let used = Set(
        try await engine.listContainers(ContainerFilter(includesStopped: true)).map(\.imageID))
      let images = try await engine.listImages(filters: filters).filter { !used.contains($0.id) }
      return try invocation.write(
        wouldRemove: images.map { image in
          (image.tags + ["(\(image.id.dropFirst(7).prefix(12)))"]).joined(separator: " ")
        })
    }
    if all { filters["dangling"] = ["false"] }
    try prune.confirm(
      all ? "all images from which no container was made" : "all images without a name",
      invocation)
    try await invocation.withClient { client in
      let report = try await client.engine.pruneImages(filters: filters)
      let lines = report.removals.map { removal in
        switch removal {
        case .untagged(let name): "untagged: \(name)"
        case .deleted(let id): "deleted: \(id)"
        }
      }
      try invocation.write(
        removed: lines, as: "Deleted Images:", reclaimedInBytes: report.reclaimedInBytes)
    }
  }
}
