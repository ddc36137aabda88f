import Arguments
import SmartContainers

/// `sc container export`.
struct ContainerExportCommand: SmartCommand {
  static let description = CommandDescription(
    "export", abstract: "Write a container's file system as a tar archive, and record it.",
    discussion: """
      The record has the archive's digest, its size and how many files are in it.

      Examples:
        $ sc container export -o web.tar web
        $ sc container export web | tar -t
      """,
    parser: ContainerExportCommand.init)

  let global: GlobalOptions
  let output: String?
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    output = try arguments.option(
      "output", "o", value: "file", help: "Write to this file instead of standard output.")
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.writeArchive(to: output) { client, output in
      try await client.engine.exportContainer(container) { try await output.write($0) }
    }
  }
}
