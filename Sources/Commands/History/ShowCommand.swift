import ArgumentParser
import SmartContainers

/// `sc show`.
struct ShowCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one activity: who, when, what from what.",
    discussion: """
      Examples:
        $ sc show
        $ sc show 0190d2a1-7c4e
        $ sc show HEAD~2 --json
        $ sc show web
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(help: "Write the PROV JSON-LD document itself.")
  var json = false

  @Argument(
    help: "An activity, a revision, or a container or image, of which the last is meant.")
  var activity: String = "HEAD"

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    let details = try await reader.activity(activity)
    if json {
      return try invocation.terminal.write(String(decoding: details.document, as: UTF8.self))
    }
    try await invocation.paged {
      try invocation.terminal.write(ActivityText(details, style: invocation.style).text)
    }
  }
}
