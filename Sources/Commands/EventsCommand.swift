import Arguments
import SmartContainers

/// `sc events`.
struct EventsCommand: SmartCommand {
  static let description = CommandDescription(
    "events", abstract: "Show what the engine does, as it does it.",
    discussion: """
      It goes on until it is interrupted, or until --until. An engine remembers its last 256 \
      events; sc log shows what this history has.

      Examples:
        $ sc events --filter type=container --json
        $ sc events --since 10m --until now
      """,
    parser: EventsCommand.init)

  let global: GlobalOptions
  let since: String?
  let until: String?
  let filter: [String]
  let isJSON: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    since = try arguments.option(
      "since", value: "since", help: "Also what happened from this time on: RFC 3339, or 10m.")
    until = try arguments.option("until", value: "until", help: "End at this time.")
    filter = try arguments.options(
      "filter", "f", value: "key=value", help: "Only those that match.")
    isJSON = arguments.flag("json", help: "The engine's own messages, one a line.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let filters = try EngineFilters.parse(filter)
    let since = try since.map { try TimeArgument.engineTime($0) }
    let now = SystemClock.now()
    let end = try until.map { try TimeArgument.parse($0, now: now) }
    try await invocation.engine().followEvents(
      since: since, until: end.map { "\($0.secondsSince1970)" },
      isPast: end.map { $0 <= now } ?? false, filters: filters
    ) { event in
      try invocation.terminal.writeLine(
        isJSON ? PlainText.json(event.json) : PlainText.sanitize(line(event)))
      return true
    }
  }

  /// The line that docker writes.
  private func line(_ event: EngineEvent) -> String {
    let attributes = (event.json["Actor"]?["Attributes"]?.object ?? [:])
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.string ?? "")" }
      .joined(separator: ", ")
    return "\(event.time) \(event.type) \(event.action) \(event.actor)"
      + (attributes.isEmpty ? "" : " (\(attributes))")
  }
}
