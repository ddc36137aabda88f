import Arguments
import SmartContainers

/// `sc export`.
struct ExportCommand: SmartCommand {
  static let description = CommandDescription(
    "export", abstract: "Write the history as linked data.",
    discussion: """
      One dataset on standard output, in which each activity is a named graph: a bundle (PROV-O) \
      that is named by the digest of its document. Turtle has no graphs: there all stands together. \
      Of an activity that others made unreadable there is only its name, and the status is 14.

      Examples:
        $ sc export > history.trig
        $ sc export --format nquads HEAD~100..HEAD
        $ sc export --format turtle --container web --since yesterday
      """,
    parser: ExportCommand.init)

  let global: GlobalOptions
  private(set) var selection: LogSelection
  let format: LinkedDataFormat

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    format =
      try arguments.option(
        "format", value: "format", help: "trig without one, nquads, turtle, jsonld or expanded.")
      ?? .triG
    arguments.section("Which commits")
    selection = try LogSelection(&arguments)
    global = try GlobalOptions(&arguments)
    try selection.readSubjects(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    let wanted = try await selection.wanted(from: reader)
    let terminal = invocation.terminal
    let progress = AmountDisplay(terminal, isWanted: !terminal.isInteractive)
    defer { progress.finish() }
    let report = try await reader.export(wanted.filter, as: format) { bytes, count in
      // Nothing is written before something is found.
      try wanted.require(count)
      try terminal.write(bytes)
      progress.show("\(count) activities")
    }
    for other in report.unreadable.dropFirst().prefix(100) {
      terminal.note(PlainText.sanitize("\(other.activity): \(other.reason)"))
    }
    try report.requireAll()
  }
}

extension LinkedDataFormat: ArgumentValue {}
