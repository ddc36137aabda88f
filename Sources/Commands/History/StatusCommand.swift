import Arguments
import SmartContainers

/// `sc status`.
struct StatusCommand: SmartCommand {
  static let description = CommandDescription(
    "status", abstract: "Show how the history, the engine and your identity stand.",
    discussion: """
      Operations that an earlier process left are settled, when the engine answers.

      Examples:
        $ sc status
        $ sc status --json
      """,
    parser: StatusCommand.init)

  let global: GlobalOptions
  let json: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write one JSON object.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    // Without a history there is nothing to tell; without an engine there is.
    let store = try await HistoryStore.open(places)
    let engine = await engineState(places)
    let status = try await store.status()
    if json {
      try invocation.terminal.write(object(store, status, engine))
    } else {
      try write(store, status, engine, invocation)
    }
  }

  /// What answers, and what was settled on the way.
  private struct EngineState {
    var version: EngineVersion?
    var problem: SmartContainersError?
    var settlement: String?

    /// Why what an earlier process left cannot be settled.
    var settlementProblem: SmartContainersError?
  }

  private func engineState(_ places: ClientPlaces) async -> EngineState {
    var state = EngineState()
    do {
      state.version = try await Client.engineVersion(places)
    } catch {
      state.problem = SmartContainersError(describing: error)
      return state
    }
    do {
      state.settlement = try await Client.open(places).settlement
    } catch {
      state.settlementProblem = SmartContainersError(describing: error)
    }
    return state
  }

  private func write(
    _ store: HistoryStore, _ status: HistoryStatus, _ engine: EngineState,
    _ invocation: Invocation
  ) throws {
    let terminal = invocation.terminal
    try terminal.writeLine("History: \(store.path)")
    if let head = status.head {
      try terminal.writeLine(
        "  last: \(PlainText.sanitize(head.subject)) (\(head.commit.prefix(12)), \(head.time))")
    } else {
      try terminal.writeLine("  no operations yet")
    }
    for settlement in [store.settlement, engine.settlement].compactMap({ $0 }) {
      try terminal.writeLine("  just now: \(PlainText.sanitize(settlement))")
    }
    if let problem = engine.settlementProblem {
      try terminal.writeLine("  " + PlainText.sanitize(problem.message))
    }
    try terminal.writeLine(
      status.uncommitted == 0
        ? "  nothing waits to be committed"
        : "  \(status.uncommitted) operation(s) wait in the journal; "
          + "the next sc command with an engine settles them")
    if let upstream = status.upstream {
      try terminal.writeLine("  " + PlainText.sanitize(distance(status, from: upstream)))
    }
    if status.damaged > 0 {
      try terminal.writeLine(
        "  \(status.damaged) damaged journal entries are set aside in \(store.path)/sc/journal/corrupt"
      )
    }
    if let version = engine.version {
      let api = version.apiVersion.map { ", API \($0)" } ?? ""
      try terminal.writeLine(
        PlainText.sanitize("Engine:  \(version.product) \(version.version ?? "?")\(api)"))
    } else {
      try terminal.writeLine("Engine:  \(PlainText.sanitize(engine.problem?.message ?? "unknown"))")
      if let hint = engine.problem?.hint { try terminal.writeLine("  \(hint)") }
    }
    try writeIdentity(store.configuration, terminal)
  }

  /// How far the history and its upstream are apart, as far as is known here.
  private func distance(_ status: HistoryStatus, from upstream: String) -> String {
    guard let ahead = status.ahead, let behind = status.behind else {
      return "nothing of \(upstream) is known yet; sc push brings the history there"
    }
    switch (ahead, behind) {
    case (0, 0): return "up to date with \(upstream)"
    case (_, 0): return "ahead of \(upstream) by \(ahead) commit(s); sc push brings them there"
    case (0, _): return "behind \(upstream) by \(behind) commit(s); sc pull joins them"
    default:
      return "\(ahead) commit(s) are not in \(upstream), and \(behind) of it are not here; "
        + "sc push joins both"
    }
  }

  /// What says who somebody is.
  private static let identity: [ConfigurationKey] = [
    .agentName, .agentEmail, .agentORCID, .agentOrganization,
  ]

  private func writeIdentity(_ configuration: Configuration, _ terminal: Terminal) throws {
    let identity = Self.identity
    let known = identity.compactMap { configuration[$0] }.joined(separator: ", ")
    try terminal.writeLine("You:     \(known.isEmpty ? "only your account is known" : known)")
    for key in identity where configuration[key] == nil {
      try terminal.writeLine("  missing: \(key.summary); sc config set \(key.rawValue) …")
    }
  }

  private func object(
    _ store: HistoryStore, _ status: HistoryStatus, _ engine: EngineState
  ) -> JSONValue {
    let settled = [store.settlement, engine.settlement].compactMap { $0 }
    return [
      "history": .string("\(store.path)"), "head": status.head?.json ?? nil,
      "uncommitted": .integer(Int64(status.uncommitted)),
      "awaitingCheckpoint": .integer(Int64(status.awaitingCheckpoint)),
      "damaged": .integer(Int64(status.damaged)),
      "upstream": status.upstream.map { .string($0) } ?? nil,
      "ahead": status.ahead.map { .integer(Int64($0)) } ?? nil,
      "behind": status.behind.map { .integer(Int64($0)) } ?? nil,
      "engine": engine.version.map { version in
        [
          "product": .string(version.product), "version": .string(version.version ?? ""),
          "apiVersion": .string(version.apiVersion.map(String.init(describing:)) ?? ""),
        ]
      } ?? nil,
      "settled": settled.isEmpty ? nil : .string(settled.joined(separator: "; ")),
      "settlementProblem": engine.settlementProblem.map { .string($0.message) } ?? nil,
      "engineProblem": engine.problem.map { .string($0.message) } ?? nil,
      "missing": .array(
        Self.identity.filter { store.configuration[$0] == nil }
          .map { .string($0.rawValue) }),
    ]
  }
}
