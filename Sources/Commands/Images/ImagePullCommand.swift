import Arguments
import SmartContainers

/// `sc image pull`.
struct ImagePullCommand: SmartCommand {
  static let description = CommandDescription(
    "pull", abstract: "Pull an image from a registry, and record it.",
    discussion: """
      Without a tag it is :latest that is pulled. Credentials are those that sc login, or docker \
      login, keeps.

      Examples:
        $ sc image pull registry.example.org/tool:1
        $ sc image pull --platform linux/arm64 registry.example.org/tool:1
        $ sc image pull -q registry.example.org/tool:1
      """,
    parser: ImagePullCommand.init)

  let global: GlobalOptions
  let platform: String?
  let allTags: Bool
  let quiet: Bool
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    platform = try arguments.option(
      "platform", value: "os/arch", help: "Pull the image for this platform.")
    allTags = arguments.flag("all-tags", "a", help: "Pull every tag of the repository.")
    quiet = arguments.flag("quiet", "q", help: "Show no progress.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "The image's name, with a tag or a digest or without.")
  }

  func run(_ invocation: Invocation) async throws {
    let name = try ImageName(name)
    guard !allTags || name.tag == nil && name.digest == nil else {
      throw UsageError("--all-tags takes a name without a tag")
    }
    let terminal = invocation.terminal
    let credentials = try await invocation.credentials(for: name)
    try await invocation.withClient { client in
      var display = TransferDisplay(terminal)
      try await client.engine.pullImage(
        name.repository, tag: allTags ? nil : name.digest ?? name.tag ?? "latest",
        platform: platform, credentials: credentials
      ) { event in
        if !quiet { try terminal.write(display.text(for: event)) }
      }
      try terminal.writeLine(allTags ? name.repository : name.qualified)
    }
  }
}

/// `sc image push`.
struct ImagePushCommand: SmartCommand {
  static let description = CommandDescription(
    "push", abstract: "Push an image to a registry, and record it.",
    discussion: """
      The registry is the one that the image's name tells; sc image tag gives it another. \
      Credentials are those that sc login, or docker login, keeps.

      Examples:
        $ sc image tag tool:1 registry.example.org/tool:1
        $ sc image push registry.example.org/tool:1
      """,
    parser: ImagePushCommand.init)

  let global: GlobalOptions
  let allTags: Bool
  let quiet: Bool
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    allTags = arguments.flag("all-tags", "a", help: "Push every tag of the repository.")
    quiet = arguments.flag("quiet", "q", help: "Show no progress.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "The image's name, with a tag or without.")
  }

  func run(_ invocation: Invocation) async throws {
    let name = try ImageName(name)
    guard name.digest == nil else { throw UsageError("a digest cannot be pushed; name a tag") }
    guard !allTags || name.tag == nil else {
      throw UsageError("--all-tags takes a name without a tag")
    }
    let terminal = invocation.terminal
    let credentials = try await invocation.credentials(for: name)
    try await invocation.withClient { client in
      var display = TransferDisplay(terminal)
      try await client.engine.pushImage(
        name.repository, tag: allTags ? nil : name.tag ?? "latest", credentials: credentials
      ) { event in
        if !quiet { try terminal.write(display.text(for: event)) }
      }
      if quiet { try terminal.writeLine(allTags ? name.repository : name.qualified) }
    }
  }
}
