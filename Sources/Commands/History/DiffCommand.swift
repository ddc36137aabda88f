import Arguments
import SmartContainers

/// `sc diff`.
struct DiffCommand: SmartCommand {
  static let description = CommandDescription(
    "diff", abstract: "Compare configurations, field by field.",
    discussion: """
      Each side is a revision, an activity, a container or an image. One side alone is compared \
      with the newest state, and none means the last commit. Order that means nothing makes no \
      difference, and a redacted value shows that it changed.

      Examples:
        $ sc diff web worker
        $ sc diff HEAD~3 web
        $ sc diff tool:1 tool:2 --json
        $ sc diff --stat HEAD~10 HEAD
      """,
    parser: DiffCommand.init)

  let global: GlobalOptions
  let json: Bool
  let stat: Bool
  let exitCode: Bool
  let quiet: Bool
  let old: String?
  let new: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write one JSON array.")
    stat = arguments.flag("stat", help: "Only count the differences.")
    exitCode = arguments.flag("exit-code", help: "End with exit code 1 when there are differences.")
    quiet = arguments.flag("quiet", "q", help: "Write nothing; implies --exit-code.")
    global = try GlobalOptions(&arguments)
    old = try arguments.optionalWord("old", help: "The old side, or A..B.")
    new = try arguments.optionalWord("new", help: "The new side.")
  }

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
