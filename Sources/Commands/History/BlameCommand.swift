import Arguments
import SmartContainers

/// `sc blame`.
struct BlameCommand: SmartCommand {
  static let description = CommandDescription(
    "blame", abstract: "Show which operation set each field of a configuration last.",
    discussion: """
      One line a field: the commit, its author, its time, the operation, and the field with its \
      value. A field that nobody changed since the container was made is the creation's, and \
      clones that were merged are followed. What an engine does when nobody says anything is left \
      out, as sc show leaves it out, but for --all.

      The fields of an image are those of the build, commit, pull or whatever brought it. What it has \
      from the container or the base image that it was made of, with the same value, is followed to \
      those who set it there. Of an image that came from elsewhere and was only used here the origin \
      is not recorded, and --json has null for it.

      A removed container is shown as it was last. A name of both is the container's.

      Examples:
        $ sc blame web
        $ sc blame web environment.MODE limits
        $ sc blame tool:2 --json
      """,
    parser: BlameCommand.init)

  let global: GlobalOptions
  let json: Bool
  let showsAll: Bool
  let name: String
  let fields: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write one JSON object, with all fields.")
    showsAll = arguments.flag("all", "a", help: "Also what an engine does by itself.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "A container or an image.")
    fields = try arguments.optionalWords(
      "field", help: "Only this field, environment.MODE, or all below it, environment.")
  }

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    let blame = try await reader.blame(name, fields: fields)
    if json { return try invocation.terminal.write(blame.json) }
    let shown = blame.fields.filter { showsAll || !fields.isEmpty || !$0.isEngineDefault }
    let text = BlameText(shown, style: invocation.style).text
    try await invocation.paged { try invocation.terminal.write(text) }
  }
}
