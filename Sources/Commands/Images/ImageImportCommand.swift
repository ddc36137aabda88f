import Arguments
import SmartContainers

/// `sc image import`.
struct ImageImportCommand: SmartCommand {
  static let description = CommandDescription(
    "import", abstract: "Make an image of a file system's archive, and record it.",
    discussion: """
      The source is a file, - for standard input, or an http or https URL. A file of that name \
      goes before a URL. Prints the image's id.

      A URL is fetched by sc and streams to the engine, so that the record has the archive's \
      digest. Redirects are followed, http_proxy, https_proxy and no_proxy are honoured, and so \
      are CURL_CA_BUNDLE and SSL_CERT_FILE. An answer that is no success, too large or cut short \
      makes no image. With --by-engine the engine fetches it, and nobody sees the digest.

      Examples:
        $ sc image import rootfs.tar tool:1
        $ tar -C rootfs -c . | sc image import -c 'CMD ["/bin/sh"]' - tool:1
        $ sc image import --max-size 500m https://example.org/rootfs.tar.gz tool:1
      """,
    parser: ImageImportCommand.init)

  let global: GlobalOptions
  let change: [String]
  let message: String?
  let platform: String?
  let web: WebOptions
  let source: String
  let image: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    change = try arguments.options(
      "change", "c", value: "instruction", help: "Apply a Dockerfile instruction.")
    message = try arguments.option(
      "message", "m", value: "message", help: "A message for the image's history.")
    platform = try arguments.option("platform", value: "os/arch", help: "The image's platform.")
    web = try WebOptions(&arguments)
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
    let limits = try web.limits()
    let archive = web.byEngine ? nil : try archive(invocation)
    let (imported, terminal) = (options, invocation.terminal)
    let progress = AmountDisplay(terminal, isWanted: true)
    defer { progress.finish() }
    try await invocation.withClient { client in
      let id =
        if let archive {
          try await client.importImage(
            from: archive, options: imported, limits: limits, onRead: progress.add)
        } else {
          try await client.importImage(fetchedByEngine: source, options: imported)
        }
      progress.finish()
      try terminal.writeLine(id)
    }
  }

  private func archive(_ invocation: Invocation) throws -> ArchiveSource {
    do {
      return try invocation.archive(source)
    } catch {
      guard source.contains("://") else { throw error }
      return .url(source)
    }
  }
}
