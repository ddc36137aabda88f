import Arguments
import SmartContainers

/// `sc entry`.
struct EntryCommand: SmartCommand {
  static let description = CommandDescription(
    "entry", abstract: "Tell the ways into a container or an image: services and folders of data.",
    discussion: """
      Services are the ports that are exposed or published; folders are volumes, mounts and what is \
      declared. The document is an API documentation of the Hydra core vocabulary. Of a folder that \
      was copied out the size and digest are those of the last archive that the history knows.

      How a port is asked, and where data is, is declared by labels or settings:
        \(EntryDeclarations.servicesLabel)=8443=https:/api,8080=http (entry.http)
        \(EntryDeclarations.foldersLabel)=/results,/data (entry.folders)

      Examples:
        $ sc entry web
        $ sc entry --format jsonld lab/tool:2
        $ sc --set entry.folders=/results entry --format turtle web
      """,
    parser: EntryCommand.init)

  let global: GlobalOptions
  let format: EntryFormat
  let kind: EngineObject.Kind?
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    format =
      try arguments.option(
        "format", value: "format", help: "table (the default), jsonld, turtle or nquads.")
      ?? .table
    kind = try arguments.objectKind()
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "A container or an image.")
  }

  func run(_ invocation: Invocation) async throws {
    let entries = try await Client.entryPoints(of: name, kind: kind, try invocation.places())
    if let format = format.linkedData {
      let text = String(decoding: try entries.linkedData(format), as: UTF8.self)
      return try invocation.terminal.write(
        PlainText.sanitize(text, keepsLines: true) + (text.hasSuffix("\n") ? "" : "\n"))
    }
    var table = Table(["KIND", "PLACE", "ACCESS", "SIZE", "DIGEST"])
    for row in entries.rows {
      table.add([
        row.kind, row.place, row.access ?? "-",
        row.byteCount.map { HumanText.size($0) } ?? "-",
        row.digest.map { String($0.dropFirst("sha256:".count).prefix(12)) } ?? "-",
      ])
    }
    for line in table.lines { try invocation.terminal.writeLine(line) }
  }
}

/// How the ways in are written.
enum EntryFormat: String, CaseIterable, ArgumentValue {
  case table
  case jsonld
  case turtle
  case nquads

  /// The form of linked data; nil for the table.
  var linkedData: LinkedDataFormat? { LinkedDataFormat(rawValue: rawValue) }
}
