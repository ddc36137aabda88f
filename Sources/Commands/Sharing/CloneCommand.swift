import Arguments
import SmartContainers
import SystemPackage

/// `sc clone`.
struct CloneCommand: SmartCommand {
  static let description = CommandDescription(
    "clone", abstract: "Make a history from a remote's.",
    discussion: """
      The folder gets a .sc, whose remote origin is where it came from. It is another machine's \
      part of one history: it has a host id and a redaction key of its own.

      Examples:
        $ sc clone git@example.org:lab/history.git
        $ sc clone https://example.org/lab/history.git project
        $ sc clone --branch provenance https://example.org/lab/code.git
      """,
    parser: CloneCommand.init)

  let global: GlobalOptions
  let origin: String
  let branch: String?
  let quiet: Bool
  let url: String
  let folder: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    let name: String? = try arguments.option(
      "origin", "o", value: "name", help: "What the remote is called here; origin without it.")
    origin = name ?? "origin"
    branch = try arguments.option(
      "branch", "b", value: "name",
      help: "The remote's branch; without it main, or the only one that is there.")
    quiet = arguments.flag("quiet", "q", help: "Say nothing when it worked.")
    global = try GlobalOptions(&arguments)
    url = try arguments.word("url", help: "Where the remote is.")
    folder = try arguments.optionalWord(
      "folder", help: "The folder that gets the .sc; without it, one named after the remote.")
  }

  func run(_ invocation: Invocation) async throws {
    var places = try invocation.places()
    let path =
      try places.explicitHistory ?? invocation.absolute(destination()).appending(".sc")
    places.explicitHistory = path
    let terminal = invocation.terminal
    if !quiet { terminal.note("Cloning into '\(PlainText.sanitize("\(path)"))'...") }
    let display = SharingDisplay(terminal, isQuiet: quiet)
    defer { display.finish() }
    let (_, commit) = try await HistoryStore.clone(
      url, to: path, as: origin, branch: branch, places
    ) {
      display.show($0)
    }
    if commit == nil, !quiet { terminal.note("sc: warning: you have cloned an empty history") }
  }

  private func destination() throws(UsageError) -> String {
    if let folder { return folder }
    return try Self.folder(for: url)
  }

  /// `git@example.org:lab/history.git` makes `history`; a `.sc` is named after its folder.
  private static func folder(for url: String) throws(UsageError) -> String {
    var parts = url.split { $0 == "/" || $0 == ":" }
    while let last = parts.last, [".sc", ".git"].contains(last) { parts.removeLast() }
    var name = parts.last.map(String.init) ?? ""
    if name.hasSuffix(".git") { name = String(name.dropLast(4)) }
    guard !name.isEmpty, name != ".", name != "..", !name.contains("@") else {
      throw UsageError("the address gives no name for a folder; name one behind it")
    }
    return name
  }
}
