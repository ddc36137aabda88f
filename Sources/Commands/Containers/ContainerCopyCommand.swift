import Arguments
import SmartContainers

/// `sc container cp`.
struct ContainerCopyCommand: SmartCommand {
  static let description = CommandDescription(
    "cp", abstract: "Copy files out of a container or into one, and record it.",
    discussion: """
      One side is CONTAINER:PATH, the other a path here; a path that has a colon is written with \
      ./ before it. As with docker: a folder that is there gets what is copied under its own \
      name, FOLDER/. means what is in a folder, and - reads or writes a tar archive. With --keep \
      the history has the archive of what left the container, as Git LFS keeps files.

      Examples:
        $ sc container cp web:/etc/os-release .
        $ sc container cp results/. web:/data
        $ sc container cp web:/var/log - | tar -t
      """,
    parser: ContainerCopyCommand.init)

  let global: GlobalOptions
  let archive: Bool
  let followLink: Bool
  let keep: Bool
  let quiet: Bool
  let source: String
  let destination: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    archive = arguments.flag("archive", "a", help: "Keep owners and groups.")
    followLink = arguments.flag(
      "follow-link", "L", help: "Copy what a symbolic link leads to.")
    keep = arguments.flag(
      "keep", help: "Keep the archive of what leaves the container in the history, too.")
    quiet = arguments.flag("quiet", "q", help: "Do not say what was copied.")
    global = try GlobalOptions(&arguments)
    source = try arguments.word("source", help: "CONTAINER:PATH, a path here, or -.")
    destination = try arguments.word("destination", help: "CONTAINER:PATH, a path here, or -.")
  }

  func run(_ invocation: Invocation) async throws {
    var options = CopyOptions()
    options.followsLink = followLink
    options.keepsOwners = archive
    options.keepsContent = keep
    let copied = options
    switch (Self.place(source), Self.place(destination)) {
    case (let from?, nil) where destination == "-":
      try await invocation.writeArchive(to: nil, of: .container(from.container)) { client, output in
        try await client.archive(
          of: from.container, path: from.path, keep: keep
        ) { _, body in try await output.write(body) }
      }
    case (let from?, nil):
      let to = absolute(destination, invocation)
      try await invocation.withClient { client in
        try await client.copy(from: from.container, from.path, to: to, options: copied)
      }
      say(invocation)
    case (nil, .some) where keep:
      throw UsageError("cp: --keep is for what leaves a container")
    case (nil, let to?) where source == "-":
      let input = try invocation.archive("-")
      try await invocation.withClient { client in
        try await client.extract(input, into: to.container, at: to.path, options: copied)
      }
    case (nil, let to?):
      let from = absolute(source, invocation)
      try await invocation.withClient { client in
        try await client.copy(from, to: to.container, to.path, options: copied)
      }
      say(invocation)
    case (.some, .some):
      throw UsageError("cp: copying between two containers is not possible; copy to a folder first")
    case (nil, nil):
      throw UsageError("cp: neither side is a container; write it CONTAINER:PATH")
    }
  }

  private func say(_ invocation: Invocation) {
    guard !quiet, invocation.terminal.isInteractive else { return }
    invocation.terminal.note(PlainText.sanitize("copied \(source) to \(destination)"))
  }

  /// The path from the root of the file system, with the endings that mean something.
  private func absolute(_ path: String, _ invocation: Invocation) -> String {
    let ending = path == "." || path.hasSuffix("/.") ? "/." : path.hasSuffix("/") ? "/" : ""
    return invocation.absolute(path).string + ending
  }

  /// The container and the path of `CONTAINER:PATH`; nil for a path here.
  private static func place(_ text: String) -> (container: String, path: String)? {
    guard text != "-", !text.hasPrefix("/"), !text.hasPrefix("."),
      let colon = text.firstIndex(of: ":"), colon != text.startIndex
    else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
