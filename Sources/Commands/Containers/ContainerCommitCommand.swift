import Arguments
import SmartContainers

/// `sc container commit`.
struct ContainerCommitCommand: SmartCommand {
  static let description = CommandDescription(
    "commit", abstract: "Make an image of a container, and record it.",
    discussion: """
      Prints the image's id. An image of a smart container is smart, and has the history so far.

      Examples:
        $ sc container commit web site:2
        $ sc container commit --infect web lab/web:7
        $ sc container commit -m "after calibration" -c 'CMD ["run"]' web site:3
      """,
    parser: ContainerCommitCommand.init)

  let global: GlobalOptions
  let author: String?
  let message: String?
  let change: [String]
  let pause: Bool
  let infect: Bool
  let container: String
  let image: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    author = try arguments.option("author", "a", value: "author", help: "The image's author.")
    message = try arguments.option(
      "message", "m", value: "message", help: "A message for the image's history.")
    change = try arguments.options(
      "change", "c", value: "instruction", help: "Apply a Dockerfile instruction.")
    pause = arguments.flagOn("pause", "p", help: "Pause the container meanwhile.")
    infect = arguments.flag("infect", help: "Make a smart image; see sc infect.")
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
    image = try arguments.optionalWord("image", help: "The image's name and tag.")
  }

  func run(_ invocation: Invocation) async throws {
    let name = try image.map { name throws(SmartContainersError) in try ImageName(newName: name) }
    var options = CommitOptions(name: name)
    options.author = author
    options.message = message
    options.changes = change
    options.pauses = pause
    let wanted = options
    try await invocation.withClient(for: .container(container)) { client in
      let id = try await client.commitContainer(container, options: wanted, infects: infect)
      try invocation.terminal.writeLine(id)
    }
  }
}
