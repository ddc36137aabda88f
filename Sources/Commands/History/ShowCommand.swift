import Arguments
import SmartContainers

/// `sc show`.
struct ShowCommand: SmartCommand {
  static let description = CommandDescription(
    "show", abstract: "Show one activity: who, when, what from what.",
    discussion: """
      Examples:
        $ sc show
        $ sc show 0190d2a1-7c4e
        $ sc show HEAD~2 --json
        $ sc show --format turtle
        $ sc show --format nquads | sha256sum    # the activity's canonical hash
        $ sc show web

      --as writes what gives the container again, as it was after the activity, from the history \
      alone: run is a command of docker's, compose a compose file, api the requests of the Engine \
      API, and script a shell script that first looks at the image and makes missing networks and \
      volumes. run writes docker create, which starts nothing; docker run -d only where nothing \
      was attached to the container, because nothing else makes it so. What the image gives is \
      left out. What was redacted is a variable to be supplied.

        $ sc show web --as run
        $ sc show web --as script | DB_PASSWORD=… sh
      """,
    parser: ShowCommand.init)

  let global: GlobalOptions
  let json: Bool
  let format: LinkedDataFormat?
  let form: RecipeForm?
  let activity: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write the PROV JSON-LD document itself.")
    format = try arguments.option(
      "format", value: "format",
      help: "Write it as linked data: jsonld, expanded, nquads (canonical), turtle or trig.")
    form = try arguments.option(
      "as", value: "form", help: "Write what gives the container again.")
    global = try GlobalOptions(&arguments)
    activity =
      try arguments.optionalWord(
        "activity",
        help: "An activity, a revision, or a container or image, of which the last is meant.")
      ?? "HEAD"
  }

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    if let form { return try await write(form, from: reader, invocation.terminal) }
    switch try await reader.item(activity) {
    case .activity(let details):
      if let format, format != .jsonLD {
        return try invocation.terminal.write(details.linkedData(format))
      }
      if json || format != nil { return try writeDocument(details.document, invocation.terminal) }
      try await invocation.paged {
        try invocation.terminal.write(ActivityText(details, style: invocation.style).text)
      }
    case .commit(let record, let changes):
      guard format == nil else {
        throw SmartContainersError(
          .failed, "commit \(record.commit) records no activity",
          hint: "sc log --json shows which commits do.")
      }
      if json { return try invocation.terminal.write(record.json) }
      let formatter = LogFormatter(.medium, style: invocation.style, now: SystemClock.now())
      let texts = changes.map { "\n" + DifferenceText($0, style: invocation.style).text }
      try await invocation.paged {
        try invocation.terminal.write(formatter.text(of: record) + texts.joined())
      }
    }
  }

  /// Writes what gives the container again, and tells what must be known of it.
  private func write(
    _ form: RecipeForm, from reader: HistoryReader, _ terminal: Terminal
  ) async throws {
    guard !json, format == nil else {
      throw UsageError("--as \(form.rawValue): --json and --format make no sense with it")
    }
    let recipe = try await reader.recipe(for: activity).written(as: form)
    switch recipe.content {
    case .text(let text): try terminal.write(text)
    case .json(let value): try terminal.write(value)
    }
    for note in recipe.notes { terminal.note("sc: " + PlainText.sanitize(note)) }
  }

  /// Byte for byte, but for what would move a terminal's cursor.
  private func writeDocument(_ document: [UInt8], _ terminal: Terminal) throws {
    if terminal.isInteractive, let value = try? JSONValue(parsing: document) {
      return try terminal.write(value)
    }
    try terminal.write(String(decoding: document, as: UTF8.self))
  }
}

extension RecipeForm: ArgumentValue {}
