import Arguments
import SmartContainers

/// `sc infect`.
struct InfectCommand: SmartCommand {
  static let description = CommandDescription(
    "infect", abstract: "Make a smart image, which carries its own provenance.",
    discussion: """
      The new image says in its label \(SmartLabel.key) how it came to be, holds the history so far \
      in \(SmartFolder.historyPath), and tells the ways into its containers in \
      \(SmartFolder.entriesPath). All else is as it was, and nothing in it is run, so that it need not \
      have a shell. Images that are built from it, and committed from its containers, are smart too. \
      A container is infected by a commit, and gets the files itself.

      Prints the new image's id. An image that is smart already is left as it is.

      Whoever gets the image reads who did what on which machine, with which command lines, from \
      its files: look at them before you push it.

      Examples:
        $ sc infect --tag lab/tool:smart lab/tool:1
        $ sc infect --tag lab/web:7 web
        $ sc label get lab/tool:smart
      """,
    parser: InfectCommand.init)

  let global: GlobalOptions
  let tag: [String]
  let author: String?
  let message: String?
  let kind: EngineObject.Kind?
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    tag = try arguments.options("tag", "t", value: "name", help: "Give the new image a name.")
    author = try arguments.option("author", "a", value: "author", help: "The image's author.")
    message = try arguments.option(
      "message", "m", value: "message", help: "A message for the image's history.")
    kind = try arguments.objectKind()
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "An image, or a container to make one of.")
  }

  func run(_ invocation: Invocation) async throws {
    let names = try tag.map { name throws(SmartContainersError) in try ImageName(newName: name) }
    var options = CommitOptions(name: names.first)
    options.author = author
    options.message = message
    let wanted = options
    try await invocation.withClient { client in
      let object = try await client.engine.object(named: name, kind: kind)
      let infection = try await client.infect(object, options: wanted)
      try await client.give(names.dropFirst(), to: infection.imageID)
      try invocation.terminal.writeLine(infection.imageID)
      guard !infection.isNew else { return }
      invocation.terminal.note("sc: \(PlainText.sanitize(object.name)) is a smart image already")
    }
  }
}

extension Client {
  /// Makes a smart image of one that was built, and gives it its names.
  ///
  /// - Returns: its id.
  func infect(image id: String, named names: [String]) async throws -> String {
    let names = try names.map { name throws(SmartContainersError) in try ImageName(name) }
    let object = try await engine.object(named: id, kind: .image)
    // One that was built from a smart image has that one's statement.
    let infection = try await infect(
      object, options: CommitOptions(name: names.first), renews: true)
    try await give(names.dropFirst(), to: infection.imageID)
    return infection.imageID
  }

  /// Gives an image more names.
  fileprivate func give(_ names: ArraySlice<ImageName>, to id: String) async throws {
    for name in names {
      try await engine.tagImage(id, repository: name.repository, tag: name.tag ?? "latest")
    }
  }
}
