import Arguments
import SmartContainers

/// `sc init`.
struct InitCommand: SmartCommand {
  static let description = CommandDescription(
    "init", abstract: "Make an empty .sc history, or complete one that is there.",
    discussion: """
      The history is a bare git repository: plain git --git-dir=.sc log, clone and push work \
      on it. It ignores itself, so that a project around it never adds it.

      Examples:
        $ sc init
        $ sc init ~/project
      """,
    parser: InitCommand.init)

  let global: GlobalOptions
  let quiet: Bool
  let folder: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    quiet = arguments.flag("quiet", "q", help: "Say nothing when it worked.")
    global = try GlobalOptions(&arguments)
    folder = try arguments.optionalWord(
      "folder", help: "The folder that gets the .sc; the working folder without one.")
  }

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    let path =
      folder.map { invocation.absolute($0).appending(".sc") } ?? places.explicitHistory
      ?? places.environmentHistory ?? invocation.folder.appending(".sc")
    let existed = try HistoryStore.create(at: path)
    guard !quiet else { return }
    try invocation.terminal.writeLine(
      (existed ? "Reinitialized existing" : "Initialized empty") + " history in \(path)/")
    try await SetUp(invocation: invocation).offer()
  }
}
