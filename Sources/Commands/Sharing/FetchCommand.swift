import Arguments
import SmartContainers

/// `sc fetch`.
struct FetchCommand: SmartCommand {
  static let description = CommandDescription(
    "fetch", abstract: "Get what a remote has, without joining it.",
    discussion: """
      The history stays as it is: sc log origin/main shows what came, and sc pull joins it.

      With --content the bytes come that the history keeps by Git LFS and that are not here, \
      instead of commits: all of them, or those that match. A pattern is a path, which may have \
      *, ? and [...], or the beginning of a digest, of an activity's id or of a container's. What \
      was cut short is gone on with the next time.

      Examples:
        $ sc fetch
        $ sc fetch --all --prune
        $ sc fetch --content --dry-run
        $ sc fetch --content 'content/4d/*'
        $ sc fetch --content --remote lab 4d7a2146
      """,
    parser: FetchCommand.init)

  let global: GlobalOptions
  let all: Bool
  let prune: Bool
  let dryRun: Bool
  let quiet: Bool
  let json: Bool
  let content: Bool
  let remote: String?
  let patterns: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    content = arguments.flag(
      "content", help: "Get large content that the history points to, and no commits.")
    let source: String? = try arguments.option(
      "remote", value: "name", help: "With --content, the remote that it comes from.")
    all = arguments.flag("all", help: "From every remote.")
    prune = arguments.flag("prune", "p", help: "Forget the branches that are gone there.")
    dryRun = arguments.flag("dry-run", help: "Only say what would come.")
    quiet = arguments.flag("quiet", "q", help: "Say nothing when it worked.")
    json = arguments.flag(
      "json", help: "Write one JSON array of the branches that changed; an object of the content.")
    global = try GlobalOptions(&arguments)
    let words = try arguments.optionalWords(
      "remote",
      help: "The remote; without it, the one that the history is pulled from. With --content, "
        + "patterns of what comes.")
    (remote, patterns) = content ? (source, words) : (words.first, [])
    if all, remote != nil {
      throw ArgumentError("--all names every remote, and goes with no other")
    }
    if !content, words.count > 1 || source != nil {
      throw ArgumentError("one remote is fetched from; --remote and patterns go with --content")
    }
    if content, all || prune { throw ArgumentError("--content goes without --all and --prune") }
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withSharing(isQuiet: quiet || json) { sharing in
      if content { return try await fetchContent(sharing, invocation) }
      var found: [BranchChange] = []
      let failure = try await invocation.forEachRemote(remote, all: all) { name in
        let (url, changes) = try await sharing.fetch(name, prunes: prune, isDryRun: dryRun)
        if !quiet, !json { invocation.note(changes, from: url) }
        found += changes
      }
      if json { try invocation.terminal.write(.array(found.map(\.json))) }
      if let failure { throw failure }
    }
  }
}

/// `sc pull`.
struct PullCommand: SmartCommand {
  static let description = CommandDescription(
    "pull", abstract: "Get what a remote has, and join it.",
    discussion: """
      Histories never conflict: activities are united, and of a snapshot that both changed the \
      later operation's stays. They need not have begun together.

      Examples:
        $ sc pull
        $ sc pull --dry-run
        $ sc pull lab main
      """,
    parser: PullCommand.init)

  let global: GlobalOptions
  let dryRun: Bool
  let quiet: Bool
  let json: Bool
  let remote: String?
  let branch: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    dryRun = arguments.flag("dry-run", help: "Only say what would come.")
    quiet = arguments.flag("quiet", "q", help: "Say nothing when it worked.")
    json = arguments.flag("json", help: "Write one JSON object.")
    global = try GlobalOptions(&arguments)
    remote = try arguments.optionalWord(
      "remote", help: "The remote; without it, the one that the history is pulled from.")
    branch = try arguments.optionalWord("branch", help: "Its branch; main without it.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withSharing(isQuiet: quiet || json) { sharing in
      let (url, changes, result) = try await sharing.pull(
        remote, branch: branch, isDryRun: dryRun)
      if json {
        try invocation.terminal.write(object(changes, result))
        return
      }
      guard !quiet else { return }
      invocation.note(changes, from: url)
      switch result {
      case nil where changes.isEmpty:
        try invocation.terminal.writeLine("What was fetched before would be joined.")
      case nil: break
      case .upToDate: try invocation.terminal.writeLine("Already up to date.")
      case .fastForward(let old, let new):
        let range = old.map { "\($0.prefix(12)).." } ?? ""
        try invocation.terminal.writeLine("Fast-forward \(range)\(new.prefix(12))")
      case .merged(let commit):
        try invocation.terminal.writeLine("Joined in \(commit.prefix(12))")
      }
    }
  }

  private func object(_ changes: [BranchChange], _ result: JoinResult?) -> JSONValue {
    let (word, commit): (String?, String?) =
      switch result {
      case nil: (nil, nil)
      case .upToDate: ("upToDate", nil)
      case .fastForward(_, let new): ("fastForward", new)
      case .merged(let commit): ("merged", commit)
      }
    return [
      "result": word.map { .string($0) } ?? nil, "commit": commit.map { .string($0) } ?? nil,
      "branches": .array(changes.map(\.json)),
    ]
  }
}
