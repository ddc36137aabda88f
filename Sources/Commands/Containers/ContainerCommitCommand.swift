import ArgumentParser
import SmartContainers

/// `sc container commit`.
struct ContainerCommitCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "commit", abstract: "Make an image of a container, and record it.",
    discussion: """
      Prints the image's id.

      Examples:
        $ sc container commit web site:2
        $ sc container commit -m "after calibration" -c 'CMD ["run"]' web site:3
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Option(
    name: [.customShort("a"), .customLong("author")],
    help: "The image's author.")
  var author: String?

  @Option(
    name: [.customShort("m"), .customLong("message")],
    help: "A message for the image's history.")
  var message: String?

  @Option(
    name: [.customShort("c"), .customLong("change")],
    help: ArgumentHelp("Apply a Dockerfile instruction.", valueName: "instruction"))
  var change: [String] = []

  @Flag(
    name: .shortAndLong, inversion: .prefixedNo, help: "Pause the container meanwhile.")
  var pause = true

  @Argument(help: "A name or an id.")
  var container: String

  @Argument(help: "The image's name and tag.")
  var image: String?

  func run(_ invocation: Invocation) async throws {
    var options = CommitOptions()
    if let image {
      let reference = try ImageName(image)
      options.repository = reference.repository
      options.tag = reference.tag ?? "latest"
    }
    options.author = author
    options.message = message
    options.changes = change
    options.pauses = pause
    try await invocation.withClient { client in
      let id = try await client.engine.commitContainer(container, options: options)
      try invocation.terminal.writeLine(id)
    }
  }
}
