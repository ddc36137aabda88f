import Arguments
import SmartContainers

/// `sc container commit`.
struct ContainerCommitCommand: SmartCommand {
  static let description = CommandDescription(
    "commit", abstract: "Make an image of a container, and record it.",
    discussion: """
      Prints the image's id.

      Examples:
        $ sc container commit web site:2
        $ sc container commit -m "after calibration" -c 'CMD ["run"]' web site:3
      """,
    parser: ContainerCommitCommand.init)

  let global: GlobalOptions
  let author: String?
  let message: String?
  let change: [String]
  let pause: Bool
  let container: String
  let image: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    author = try arguments.option("author", "a", value: "author", help: "The image's author.")
    message = try arguments.option(
      "message", "m", value: "message", help: "A message for the image's history.")
    change = try arguments.options(
      "change", "c", value: "instruction", help: "Apply a Dockerfile instruction.")
    pause = arguments.flagOn("pause", "p", help: "Pause the container meanwhile.")
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
    image = try arguments.optionalWord("image", help: "The image's name and tag.")
  }

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
    try await invocation.withClient(for: .container(container)) { client in
      let id = try await client.engine.commitContainer(container, options: options)
      try invocation.terminal.writeLine(id)
    }
  }
}
