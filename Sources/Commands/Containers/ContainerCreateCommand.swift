import Arguments
import SmartContainers

/// `sc container create`.
struct ContainerCreateCommand: SmartCommand {
  static let description = CommandDescription(
    "create", abstract: "Create a container, and record it.",
    discussion: """
      Prints the container's id. Options stand before the image.

      Examples:
        $ sc container create --name web -e MODE=draft -p 8080:80 site:1
        $ sc container create -v "$PWD":/data -w /data -m 512m --cpus 1.5 tool sort input.txt
      """,
    parser: ContainerCreateCommand.init)

  let global: GlobalOptions
  let options: ContainerOptions
  let image: String
  let command: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    options = try ContainerOptions(&arguments)
    global = try GlobalOptions(&arguments)
    image = try arguments.word("image", help: "The image: a name, an id or a digest reference.")
    command = try arguments.rest("command", help: "The command and its arguments.")
  }

  func run(_ invocation: Invocation) async throws {
    let specification = try invocation.specification(options, image: image, command: command)
    let file = try options.cidfile.map { try IDFile(invocation.absolute($0)) }
    let pulling = invocation.pulling(options.pull)
    try await invocation.withClient(for: .image(image)) { client in
      try await client.check(labels: specification.labels)
      try await client.provideImage(image, platform: options.platform, pulling)
      let created = try await client.engine.createContainer(
        specification, name: options.name, platform: options.platform)
      try file?.write(created.id)
      for warning in created.warnings {
        invocation.terminal.note("sc: warning: " + PlainText.sanitize(warning))
      }
      try invocation.terminal.writeLine(created.id)
    }
  }
}

extension Invocation {
  /// What docker's flags of `create` and `run` describe, files read and paths made absolute.
  func specification(
    _ options: ContainerOptions, image: String, command: [String]
  ) throws -> ContainerSpecification {
    var specification = try options.specification(
      image: image, command: command, environment: environment
    ) { name in try readText(name) }
    specification.host.binds = specification.host.binds.map { bind in
      bind.hasPrefix(".") || bind.hasPrefix("~")
        ? absolute(String(bind.prefix { $0 != ":" })).string + bind.drop { $0 != ":" } : bind
    }
    return specification
  }
}
