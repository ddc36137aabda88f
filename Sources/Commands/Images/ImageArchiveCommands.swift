import Arguments
import SmartContainers

/// `sc image save`.
struct ImageSaveCommand: SmartCommand {
  static let description = CommandDescription(
    "save", abstract: "Write images as a tar archive, and record it.",
    discussion: """
      A name without a tag means latest. The record has the archive's digest and size. With \
      --keep the history has the archive itself, as Git LFS keeps files, with all that is in it, \
      secrets too.

      Examples:
        $ sc image save -o tool.tar tool:1
        $ sc image save --keep -o tool.tar tool:1
        $ sc image save tool:1 tool:2 | gzip > tools.tar.gz
      """,
    parser: ImageSaveCommand.init)

  let global: GlobalOptions
  let output: String?
  let keep: Bool
  let images: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    output = try arguments.option(
      "output", "o", value: "file", help: "Write to this file instead of standard output.")
    keep = arguments.flag("keep", help: "Keep the archive in the history, too.")
    global = try GlobalOptions(&arguments)
    images = try arguments.words("image", help: "Names, ids or digest references.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.writeArchive(to: output, of: .image(images[0])) { client, output in
      var names: [String] = []
      for image in images { names.append(try await client.exactName(ofImage: image)) }
      try await client.saveImages(names, keep: keep) { try await output.write($0) }
    }
  }
}

/// `sc image load`.
struct ImageLoadCommand: SmartCommand {
  static let description = CommandDescription(
    "load", abstract: "Load images from an archive, and record it.",
    discussion: """
      Examples:
        $ sc image load -i tool.tar
        $ sc image load < tool.tar
      """,
    parser: ImageLoadCommand.init)

  let global: GlobalOptions
  let input: String?
  let quiet: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    input = try arguments.option(
      "input", "i", value: "file", help: "Read this file instead of standard input.")
    quiet = arguments.flag("quiet", "q", help: "Only say what was loaded.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let source = try invocation.archive(input)
    let terminal = invocation.terminal
    try await invocation.withClient { client in
      _ = try await client.loadImages(from: source, isQuiet: quiet) { event in
        guard case .output(let text) = event else { return }
        try terminal.write(PlainText.sanitize(text, keepsLines: true))
      }
    }
  }
}
