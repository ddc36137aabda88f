import Arguments
import SmartContainers

/// `sc image save`.
struct ImageSaveCommand: SmartCommand {
  static let description = CommandDescription(
    "save", abstract: "Write images as a tar archive, and record it.",
    discussion: """
      A name without a tag means latest. The record has the archive's digest and size.

      Examples:
        $ sc image save -o tool.tar tool:1
        $ sc image save tool:1 tool:2 | gzip > tools.tar.gz
      """,
    parser: ImageSaveCommand.init)

  let global: GlobalOptions
  let output: String?
  let images: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    output = try arguments.option(
      "output", "o", value: "file", help: "Write to this file instead of standard output.")
    global = try GlobalOptions(&arguments)
    images = try arguments.words("image", help: "Names, ids or digest references.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.writeArchive(to: output) { client, output in
      var names: [String] = []
      for image in images { names.append(try await exactName(of: image, client.engine)) }
      try await client.engine.saveImages(names) { try await output.write($0) }
    }
  }

  /// The name with its tag, or the id: with a repository's name alone the engine would take
  /// every image of it.
  private func exactName(of image: String, _ engine: EngineClient) async throws -> String {
    let id = try await engine.inspectImage(image).id
    let isID = id.hasPrefix(image) || id.dropFirst("sha256:".count).hasPrefix(image)
    return isID ? id : try ImageName(image).nameWithTag
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
    let source = try invocation.archiveSource(input)
    let terminal = invocation.terminal
    try await invocation.withClient { client in
      _ = try await client.engine.loadImages({ try await source.next() }, isQuiet: quiet) { event in
        guard case .output(let text) = event else { return }
        try terminal.write(PlainText.sanitize(text, keepsLines: true))
      }
    }
  }
}

/// `sc image import`.
struct ImageImportCommand: SmartCommand {
  static let description = CommandDescription(
    "import", abstract: "Make an image of a file system's archive, and record it.",
    discussion: """
      The source is a file, - for standard input, or a URL, which the engine fetches. A file of \
      that name goes before a URL. Prints the image's id.

      Examples:
        $ sc image import rootfs.tar tool:1
        $ tar -C rootfs -c . | sc image import -c 'CMD ["/bin/sh"]' - tool:1
      """,
    parser: ImageImportCommand.init)

  let global: GlobalOptions
  let change: [String]
  let message: String?
  let platform: String?
  let source: String
  let image: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    change = try arguments.options(
      "change", "c", value: "instruction", help: "Apply a Dockerfile instruction.")
    message = try arguments.option(
      "message", "m", value: "message", help: "A message for the image's history.")
    platform = try arguments.option("platform", value: "os/arch", help: "The image's platform.")
    global = try GlobalOptions(&arguments)
    source = try arguments.word("source", help: "A file, - or a URL.")
    image = try arguments.optionalWord("image", help: "The image's name and tag.")
  }

  func run(_ invocation: Invocation) async throws {
    var options = ImportOptions()
    if let image {
      let reference = try ImageName(image)
      options.repository = reference.repository
      options.tag = reference.tag ?? "latest"
    }
    options.changes = change
    options.message = message
    options.platform = platform
    let file = try openFile(invocation)
    let (imported, terminal) = (options, invocation.terminal)
    try await invocation.withClient { client in
      let archive = file.map { file -> ByteSource in { try await file.next() } }
      let id = try await client.engine.importImage(
        archive: archive, url: source, options: imported)
      try terminal.writeLine(id)
    }
  }

  /// The file; nil for a URL.
  private func openFile(_ invocation: Invocation) throws -> FileSource? {
    do {
      return try invocation.archiveSource(source)
    } catch {
      guard source.contains("://") else { throw error }
      return nil
    }
  }
}
