import ArgumentParser
import SmartContainers

/// `sc init`.
struct InitCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make an empty .sc history, or complete one that is there.",
    discussion: """
      The history is a bare git repository: plain git --git-dir=.sc log, clone and push work \
      on it. It ignores itself, so that a project around it never adds it.

      Examples:
        $ sc init
        $ sc init ~/project
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: .shortAndLong, help: "Say nothing when it worked.")
  var quiet = false

  @Argument(help: "The folder that gets the .sc; the working folder without one.")
  var folder: String?

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    let path =
      folder.map { invocation.absolute($0).appending(".sc") } ?? places.explicitHistory
      ?? places.environmentHistory ?? invocation.folder.appending(".sc")
    let existed = try HistoryStore.create(at: path)
    guard !quiet else { return }
    try invocation.terminal.writeLine(
      (existed ? "Reinitialized existing" : "Initialized empty") + " history in \(path)/")
  }
}
