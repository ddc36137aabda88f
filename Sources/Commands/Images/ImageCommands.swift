import Arguments
import SmartContainers

/// `sc image tag`.
struct ImageTagCommand: SmartCommand {
  static let description = CommandDescription(
    "tag", abstract: "Give an image one more name, and record it.",
    discussion: """
      Examples:
        $ sc image tag tool:1 tool:published
      """,
    parser: ImageTagCommand.init)

  let global: GlobalOptions
  let image: String
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    image = try arguments.word("image", help: "A name, an id or a digest reference.")
    name = try arguments.word("name", help: "The new name, with a tag or without.")
  }

  func run(_ invocation: Invocation) async throws {
    let reference = try ImageName(name)
    try await invocation.withClient(for: .image(image)) { client in
      try await client.engine.tagImage(
        image, repository: reference.repository, tag: reference.tag ?? "latest")
    }
  }
}

/// `sc image rm`.
struct ImageRemoveCommand: SmartCommand {
  static let description = CommandDescription(
    "rm", abstract: "Remove images, and record it.",
    discussion: """
      Examples:
        $ sc image rm tool:1
        $ sc image rm --dry-run tool:1
      """,
    aliases: ["remove"],
    parser: ImageRemoveCommand.init)

  let global: GlobalOptions
  let force: Bool
  let noPrune: Bool
  let dryRun: Bool
  let images: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    force = arguments.flag(
      "force", "f", help: "Although it has other names, or a stopped container uses it.")
    noPrune = arguments.flag("no-prune", help: "Keep untagged parents.")
    dryRun = arguments.flag("dry-run", help: "Only say what would be removed.")
    global = try GlobalOptions(&arguments)
    images = try arguments.words("image", help: "Names, ids or digest references.")
  }

  func run(_ invocation: Invocation) async throws {
    if dryRun {
      let engine = try await invocation.engine()
      try await invocation.forEach(images) { name in
        let image = try await engine.inspectImage(name)
        return "would remove \(name) (\(image.id.dropFirst(7).prefix(12)))"
      }
      return
    }
    try await invocation.withClient(for: .image(images[0])) { client in
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
  static let description = CommandDescription(
    "ls", abstract: "List images.",
    discussion: """
      Examples:
        $ sc image ls
        $ sc image ls --format json tool
      """,
    aliases: ["list"],
    parser: ImageListCommand.init)

  let global: GlobalOptions
  let all: Bool
  let quiet: Bool
  let noTrunc: Bool
  let filter: [String]
  let format: OutputFormat
  let reference: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    all = arguments.flag("all", "a", help: "Also the images of build steps.")
    quiet = arguments.flag("quiet", "q", help: "Only ids.")
    noTrunc = arguments.flag("no-trunc", help: "Do not shorten ids.")
    filter = try arguments.options(
      "filter", "f", value: "key=value", help: "Only those that match.")
    format =
      try arguments.option(
        "format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
    reference = try arguments.optionalWord(
      "reference", help: "Only this repository, or repository and tag.")
  }

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
  static let description = CommandDescription(
    "inspect", abstract: "Show what the engine knows of images, as JSON.",
    discussion: """
      Examples:
        $ sc image inspect tool:1
      """,
    parser: ImageInspectCommand.init)

  let global: GlobalOptions
  let images: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    images = try arguments.words("image", help: "Names, ids or digest references.")
  }

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.inspect(images) { try await engine.inspectImage($0).json }
  }
}
