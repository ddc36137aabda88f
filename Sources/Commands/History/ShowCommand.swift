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
      """,
    parser: ShowCommand.init)

  let global: GlobalOptions
  let json: Bool
  let format: LinkedDataFormat?
  let activity: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write the PROV JSON-LD document itself.")
    format = try arguments.option(
      "format", value: "format",
      help: "Write it as linked data: jsonld, expanded, nquads (canonical), turtle or trig.")
    global = try GlobalOptions(&arguments)
    activity =
      try arguments.optionalWord(
        "activity",
        help: "An activity, a revision, or a container or image, of which the last is meant.")
      ?? "HEAD"
  }

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
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

  /// Byte for byte, but for what would move a terminal's cursor.
  private func writeDocument(_ document: [UInt8], _ terminal: Terminal) throws {
    if terminal.isInteractive, let value = try? JSONValue(parsing: document) {
      return try terminal.write(value)
    }
    try terminal.write(String(decoding: document, as: UTF8.self))
  }
}
