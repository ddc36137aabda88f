import Arguments
import SmartContainers

/// `sc search`.
struct SearchCommand: SmartCommand {
  static let description = CommandDescription(
    "search", abstract: "Search the public hub for images.",
    discussion: """
      The engine asks the hub, or the registry that the term begins with.

      Examples:
        $ sc search --limit 5 busybox
        $ sc search --filter is-official=true --filter stars=100 --format jsonl database
      """,
    parser: SearchCommand.init)

  let global: GlobalOptions
  let limit: Int?
  let filter: [String]
  let noTrunc: Bool
  let format: OutputFormat
  let term: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    limit = try arguments.option("limit", value: "number", help: "No more than so many; 25.")
    filter = try arguments.options(
      "filter", "f", value: "key=value",
      help: "Only those that match: stars, is-official, is-automated.")
    noTrunc = arguments.flag("no-trunc", help: "Do not shorten descriptions.")
    format =
      try arguments.option(
        "format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
    term = try arguments.word("term", help: "What to search for.")
  }

  func run(_ invocation: Invocation) async throws {
    guard (1...100).contains(limit ?? 1) else { throw UsageError("--limit is 1 to 100") }
    let filters = try EngineFilters.parse(filter)
    let engine = try await invocation.engine()
    let found = try await engine.searchImages(
      term, limit: limit, filters: filters,
      credentials: try await invocation.credentials(forSearch: term))
    try invocation.terminal.write(found.map(object), as: format) { table(found) }
  }

  private func object(_ image: ImageSearchResult) -> JSONValue {
    [
      "name": .string(image.name), "description": .string(image.description),
      "starCount": .integer(image.starCount), "isOfficial": .bool(image.isOfficial),
      "isAutomated": .bool(image.isAutomated),
    ]
  }

  private static let descriptionLimit = 45

  private func table(_ found: [ImageSearchResult]) -> Table {
    var table = Table(["NAME", "DESCRIPTION", "STARS", "OFFICIAL", "AUTOMATED"])
    for image in found {
      let words = image.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let isLong = !noTrunc && words.count > Self.descriptionLimit
      table.add([
        image.name, isLong ? words.prefix(Self.descriptionLimit - 1) + "…" : words,
        String(image.starCount), image.isOfficial ? "[OK]" : "", image.isAutomated ? "[OK]" : "",
      ])
    }
    return table
  }
}

extension Invocation {
  /// What the user's configuration has for the registry that a search asks; nil for nothing.
  fileprivate func credentials(forSearch term: String) async throws -> RegistryCredentials? {
    let first = term.split(separator: "/", maxSplits: 1)
    let isHost = first.count == 2 && first[0].contains { ".:".contains($0) }
    return try await CredentialStore(try places()).credentials(
      for: CredentialStore.key(for: isHost ? String(first[0]) : nil))
  }
}
