import ArgumentParser
import SmartContainers

/// `sc image tag`.
struct ImageTagCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Give an image one more name, and record it.",
    discussion: """
      Examples:
        $ sc image tag tool:1 tool:published
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "A name, an id or a digest reference.")
  var image: String

  @Argument(help: "The new name, with a tag or without.")
  var name: String

  func run(_ invocation: Invocation) async throws {
    let reference = try ImageName(name)
    try await invocation.withClient { client in
      try await client.engine.tagImage(
        image, repository: reference.repository, tag: reference.tag ?? "latest")
    }
  }
}

/// `sc image rm`.
struct ImageRemoveCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove images, and record it.",
    discussion: """
      Examples:
        $ sc image rm tool:1
        $ sc image rm --dry-run tool:1
      """,
    aliases: ["remove"])

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: .shortAndLong, help: "Although it has other names, or a stopped container uses it.")
  var force = false

  @Flag(help: "Keep untagged parents.")
  var noPrune = false

  @Flag(help: "Only say what would be removed.")
  var dryRun = false

  @Argument(help: "Names, ids or digest references.")
  var images: [String]

  func run(_ invocation: Invocation) async throws {
    if dryRun {
      let engine = try await invocation.engine()
      try await invocation.forEach(images) { name in
        let image = try await engine.inspectImage(name)
        return "would remove \(name) (\(image.id.dropFirst(7).prefix(12)))"
      }
      return
    }
    try await invocation.withClient { client in
      try await invocation.forEach(images) { name in
        let removals = try await client.engine.removeImage(
          name, force: force, keepsParents: noPrune)
        for removal in removals {
          switch removal {
          case .untagged(let name):
            try invocation.terminal.writeLine("Untagged: " + PlainText.sanitize(name))
          case .deleted(let id): try invocation.terminal.writeLine("Deleted: \(id)")
          }
        }
        return nil
      }
    }
  }
}

/// `sc image ls`.
struct ImageListCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List images.",
    discussion: """
      Examples:
        $ sc image ls
        $ sc image ls --format json tool
      """,
    aliases: ["list"])

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: .shortAndLong, help: "Also the images of build steps.")
  var all = false

  @Flag(name: .shortAndLong, help: "Only ids.")
  var quiet = false

  @Flag(help: "Do not shorten ids.")
  var noTrunc = false

  @Option(
    name: [.customShort("f"), .customLong("filter")],
    help: ArgumentHelp("Only those that match.", valueName: "key=value"))
  var filter: [String] = []

  @Option(help: "How to write the list: table, json or jsonl.")
  var format: OutputFormat = .table

  @Argument(help: "Only this repository, or repository and tag.")
  var reference: String?

  func run(_ invocation: Invocation) async throws {
    var filters = try EngineFilters.parse(filter)
    if let reference { filters["reference", default: []].append(reference) }
    let images = try await invocation.engine().listImages(
      includesIntermediate: all, filters: filters)
    if quiet {
      for image in images { try invocation.terminal.writeLine(short(image.id)) }
      return
    }
    try invocation.terminal.write(images.map(object), as: format) { table(images) }
  }

  private func object(_ image: ImageSummary) -> JSONValue {
    [
      "id": .string(image.id), "tags": .array(image.tags.map { .string($0) }),
      "digests": .array(image.repositoryDigests.map { .string($0) }),
      "createdAt": .string(image.createdAt.description),
      "sizeInBytes": .integer(image.sizeInBytes), "labels": image.json["Labels"]?.orEmpty ?? [:],
    ]
  }

  private func short(_ id: String) -> String {
    noTrunc ? id : String(id.split(separator: ":").last?.prefix(12) ?? "")
  }

  private func table(_ images: [ImageSummary]) -> Table {
    var table = Table(["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"])
    let now = SystemClock.now()
    for image in images {
      for name in image.tags.isEmpty ? ["<none>:<none>"] : image.tags {
        let colon = name.lastIndex(of: ":") ?? name.endIndex
        table.add([
          String(name[..<colon]), String(name[colon...].dropFirst()), short(image.id),
          HumanText.age(of: image.createdAt, now: now), HumanText.size(image.sizeInBytes),
        ])
      }
    }
    return table
  }
}

/// `sc image inspect`.
struct ImageInspectCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what the engine knows of images, as JSON.",
    discussion: """
      Examples:
        $ sc image inspect tool:1
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "Names, ids or digest references.")
  var images: [String]

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.inspect(images) { try await engine.inspectImage($0).json }
  }
}
