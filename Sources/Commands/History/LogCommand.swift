import Arguments
import SmartContainers

/// `sc log`.
struct LogCommand: SmartCommand {
  static let description = CommandDescription(
    "log", abstract: "Show what was done, newest first.",
    discussion: """
      The same story as plain git --git-dir=.sc log. A container is followed through renames.

      Examples:
        $ sc log --oneline -n 10
        $ sc log --container web --since "2 days ago"
        $ sc log --operation image.build --outcome failed
        $ sc log --format '%h %aI %(operation) %s'
        $ sc log HEAD~20..HEAD --reverse
      """,
    parser: LogCommand.init)

  let global: GlobalOptions
  private(set) var selection: LogSelection
  let oneline: Bool
  let reverse: Bool
  let json: Bool
  let showSignature: Bool
  let format: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    oneline = arguments.flag("oneline", help: "One line a commit.")
    reverse = arguments.flag("reverse", help: "The oldest of the wanted ones first.")
    json = arguments.flag("json", help: "One JSON object a commit and line.")
    showSignature = arguments.flag(
      "show-signature", help: "Also who signed each commit, and whether it fits.")
    format = try arguments.option(
      "format", "pretty", value: "format",
      help:
        "oneline, medium, json, or a pattern with %H %h %s %an %ae %cn %ce %aI %ad %ar %(operation) %(outcome) %(container) %(name) %(image) %(activity) %n %%."
    )
    arguments.section("Which commits")
    selection = try LogSelection(&arguments)
    global = try GlobalOptions(&arguments)
    try selection.readSubjects(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    let wanted = try await selection.wanted(from: reader)
    let formatter = LogFormatter(
      try layout(), style: invocation.style, now: SystemClock.now())
    let count = try await invocation.paged {
      showSignature
        ? try await writeSigned(reader, wanted.filter, formatter, invocation)
        : try await write(reader, wanted.filter, formatter, invocation.terminal)
    }
    try wanted.require(count)
  }

  /// Writes the wanted commits with what became of their signatures; each takes a moment.
  private func writeSigned(
    _ reader: HistoryReader, _ filter: LogFilter, _ formatter: LogFormatter,
    _ invocation: Invocation
  ) async throws -> Int {
    let check = try await reader.signatureCheck(try invocation.places())
    let found = Collector<LogRecord>()
    try await reader.log(filter) { record in
      found.append(record)
      return !Task.isCancelled
    }
    let writer = LogWriter(formatter, invocation.terminal)
    for record in reverse ? found.values.reversed() : found.values {
      try writer.write(record, signature: try await check(record.commit))
      try writer.flush()
    }
    return writer.count
  }

  private func layout() throws(UsageError) -> LogFormatter.Layout {
    if json { return .json }
    if oneline { return .oneline }
    guard let format else { return .medium }
    return try LogFormatter.Layout(named: format)
  }

  /// Writes the wanted commits, and returns how many there are.
  private func write(
    _ reader: HistoryReader, _ filter: LogFilter, _ formatter: LogFormatter, _ terminal: Terminal
  ) async throws -> Int {
    let writer = LogWriter(formatter, terminal)
    let kept = Collector<LogRecord>()
    do {
      try await reader.log(filter) { record in
        if reverse { kept.append(record) } else { try writer.write(record) }
        return !Task.isCancelled
      }
    } catch {
      // What could be read before the damage is shown.
      if !(error is OutputError) { try writer.flush() }
      throw error
    }
    for record in kept.values.reversed() { try writer.write(record) }
    try writer.flush()
    try Task.checkCancellation()
    return writer.count
  }
}
