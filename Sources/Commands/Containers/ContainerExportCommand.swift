import Arguments
import SmartContainers

/// `sc container export`.
struct ContainerExportCommand: SmartCommand {
  static let description = CommandDescription(
    "export", abstract: "Write a container's file system as a tar archive, and record it.",
    discussion: """
      The record has the archive's digest, its size and how many files are in it. With --keep \
      the history has the archive itself, as Git LFS keeps files, with all that is in it, \
      secrets too.

      Examples:
        $ sc container export -o web.tar web
        $ sc container export --keep -o web.tar web
        $ sc container export web | tar -t
      """,
    parser: ContainerExportCommand.init)

  let global: GlobalOptions
  let output: String?
  let keep: Bool
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    output = try arguments.option(
      "output", "o", value: "file", help: "Write to this file instead of standard output.")
    keep = arguments.flag("keep", help: "Keep the archive in the history, too.")
    global = try GlobalOptions(&arguments)
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.writeArchive(to: output, of: .container(container)) { client, output in
      try await client.exportContainer(container, keep: keep) { try await output.write($0) }
    }
  }
}
