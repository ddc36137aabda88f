import Arguments
import SmartContainers

/// `sc push`.
struct PushCommand: SmartCommand {
  static let description = CommandDescription(
    "push", abstract: "Bring the history to a remote.",
    discussion: """
      Where the remote has what is not here, that is fetched and joined first, as often as others \
      are faster. What is there is never taken back: there is no --force.

      Large content that the new commits point to goes first, by Git LFS. A remote that does not \
      speak it gets the history without; --content brings there what it did not take then.

      The first push makes the remote the one that the history is pulled from.

      Examples:
        $ sc push
        $ sc push --dry-run
        $ sc push --content
        $ sc push lab main
      """,
    parser: PushCommand.init)

  let global: GlobalOptions
  let all: Bool
  let dryRun: Bool
  let merge: Bool
  let verify: Bool
  let content: Bool
  let quiet: Bool
  let json: Bool
  let remote: String?
  let branch: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    all = arguments.flag("all", help: "To every remote.")
    dryRun = arguments.flag("dry-run", "n", help: "Only say what would be pushed.")
    merge = arguments.flagOn("merge", help: "Join what the remote has and is not here.")
    verify = arguments.flagOn("verify", help: "Ask the hook pre-push first, where there is one.")
    content = arguments.flag(
      "content", help: "Bring large content that the history points to, and no commits.")
    quiet = arguments.flag("quiet", "q", help: "Say nothing when it worked.")
    json = arguments.flag("json", help: "Write one JSON array.")
    global = try GlobalOptions(&arguments)
    remote = try arguments.optionalWord(
      "remote", help: "The remote; without it, the one that the history is pulled from.")
    branch = try arguments.optionalWord("branch", help: "Its branch; main without it.")
    if all, remote != nil {
      throw ArgumentError("--all names every remote, and goes with no other")
    }
    if content, all || branch != nil {
      throw ArgumentError("--content goes without --all and without a branch")
    }
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withSharing(isQuiet: quiet || json) { sharing in
      if content {
        let report = try await sharing.pushContent(remote, isDryRun: dryRun)
        return try invocation.show(
          report, transferred: "uploaded", as: json,
          dryRun ? "Would upload" : "Uploaded", nothing: "The remote has all content.",
          isQuiet: quiet)
      }
      var reports: [PushReport] = []
      let failure = try await invocation.forEachRemote(remote, all: all) { name in
        let report = try await sharing.push(
          name, branch: branch, joins: merge, isDryRun: dryRun, runsHook: verify)
        invocation.warn(of: report.content)
        if !quiet, !json { note(report, invocation.terminal) }
        reports.append(report)
      }
      if json { try invocation.terminal.write(.array(reports.map(\.json))) }
      if let failure { throw failure }
    }
  }

  private func note(_ report: PushReport, _ terminal: Terminal) {
    guard let new = report.new else {
      terminal.note(
        report.joined > 0
          ? "The remote has what is not here: a push would join it first."
          : "Everything up-to-date")
      return
    }
    terminal.note("To " + PlainText.sanitize(Remote.shown(report.url)))
    let summary = report.old.map { "   \($0.prefix(12))..\(new.prefix(12))" } ?? " * [new branch]"
    terminal.note(PlainText.sanitize("\(summary)  main -> \(report.branch)"))
    let content = report.content
    if !content.transferred.isEmpty {
      terminal.note(
        (dryRun ? "Would upload " : "Uploaded ")
          + "\(content.transferred.count) object(s) of content, \(HumanText.size(content.byteCount))"
      )
    }
    if report.joined > 0 { terminal.note("What the remote had was joined first.") }
    if report.setsUpstream {
      terminal.note(
        PlainText.sanitize(
          "The history is pulled from '\(report.remote)/\(report.branch)' from now on."))
    }
  }
}

extension PushReport {
  fileprivate var json: JSONValue {
    [
      "remote": .string(remote), "branch": .string(branch), "url": .string(Remote.shown(url)),
      "old": old.map { .string($0) } ?? nil, "new": new.map { .string($0) } ?? nil,
      "joined": .integer(Int64(joined)), "content": content.json(transferred: "uploaded"),
    ]
  }
}
