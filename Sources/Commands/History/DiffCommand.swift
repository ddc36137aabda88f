import ArgumentParser
import SmartContainers

/// `sc diff`.
struct DiffCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare configurations, field by field.",
    discussion: """
      Each side is a revision, an activity, a container or an image. One side alone is compared \
      with the newest state, and none means the last commit. Order that means nothing makes no \
      difference, and a redacted value shows that it changed.

      Examples:
        $ sc diff web worker
        $ sc diff HEAD~3 web
        $ sc diff tool:1 tool:2 --json
        $ sc diff --stat HEAD~10 HEAD
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(help: "Write one JSON array.")
  var json = false

  @Flag(help: "Only count the differences.")
  var stat = false

  @Flag(help: "End with exit code 1 when there are differences.")
  var exitCode = false

  @Flag(name: .shortAndLong, help: "Write nothing; implies --exit-code.")
  var quiet = false

  @Argument(help: "The old side, or A..B.")
  var old: String?

  @Argument(help: "The new side.")
  var new: String?

  func run(_ invocation: Invocation) async throws {
    let (old, new) = sides
    let reader = try await HistoryReader.open(try invocation.places())
    let differences = try await reader.diff(old, new)
    if !quiet {
      try await invocation.paged {
        try invocation.terminal.write(text(of: differences, invocation.style))
      }
    }
    if exitCode || quiet, !differences.isEmpty {
      throw ProcessExit(status: ExitStatus.failed.rawValue)
    }
  }

  private var sides: (String?, String) {
    guard let old else { return (nil, "HEAD") }
    if new == nil, let dots = old.firstRange(of: "..") {
      let (left, right) = (old[..<dots.lowerBound], old[dots.upperBound...])
      return (left.isEmpty ? "HEAD" : String(left), right.isEmpty ? "HEAD" : String(right))
    }
    return (old, new ?? "HEAD")
  }

  private func text(of differences: [ConfigurationDifference], _ style: Style) -> String {
    if json { return PlainText.json(.array(differences.map(\.json)), .pretty) }
    let texts = differences.map { DifferenceText($0, style: style) }
    return stat ? texts.map(\.stat).joined() : texts.map(\.text).joined()
  }
}
