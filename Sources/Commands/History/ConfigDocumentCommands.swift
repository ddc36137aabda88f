import Arguments
import SmartContainers

/// `sc config import`.
struct ConfigImportCommand: SmartCommand {
  static let description = CommandDescription(
    "import", abstract: "Make settings of a document.",
    discussion: """
      The document is JSON-LD or Turtle: what sc config export wrote, the sc.config of the original \
      SmartContainers, or what ORCID gives for a person. In a history the settings are this \
      machine's own and are committed to it; with --user they are yours everywhere. For one \
      command alone use --config.

      Examples:
        $ sc config import settings.jsonld
        $ sc config import --user ~/.sc/sc.config
        $ curl -sLH 'Accept: text/turtle' https://orcid.org/0000-0002-1825-0097 | sc config import -
      """,
    parser: ConfigImportCommand.init)

  let global: GlobalOptions
  let isForUser: Bool
  let file: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isForUser = arguments.flag("user", "global", help: "For you, in every history.")
    global = try GlobalOptions(&arguments)
    file = try arguments.word("file", help: "The document; - reads standard input.")
  }

  func run(_ invocation: Invocation) async throws {
    let settings = try invocation.handedInSettings(file)
    try await invocation.change(settings.changes, forUser: isForUser)
    for key in ConfigurationKey.allCases {
      if let value = settings.values[key] {
        invocation.terminal.note(PlainText.sanitize("\(key.rawValue)=\(value)"))
      }
    }
  }
}

/// `sc config export`.
struct ConfigExportCommand: SmartCommand {
  static let description = CommandDescription(
    "export", abstract: "Print the settings in force as a document.",
    discussion: """
      It has the agent that they make, as PROV and FOAF describe one. Whoever gets it can import it, \
      or give it to one command with --config: a job of a cluster, a runner of a pipeline.

      Examples:
        $ sc config export > settings.jsonld
        $ sc --config settings.jsonld run tool:1
        $ sc config export --format turtle
      """,
    parser: ConfigExportCommand.init)

  let global: GlobalOptions
  let isOfUser: Bool
  let format: LinkedDataFormat

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isOfUser = arguments.flag("user", "global", help: "Only what is yours in every history.")
    format =
      try arguments.option(
        "format", value: "format",
        help: "jsonld (the default), expanded, nquads, turtle or trig.") ?? .jsonLD
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let (values, hostID) = try await invocation.settings(ofUser: isOfUser)
    let text = try ExportedSettings(values, hostID: hostID).linkedData(format)
    try invocation.terminal.write(String(decoding: text, as: UTF8.self))
  }
}

/// `sc config edit`.
struct ConfigEditCommand: SmartCommand {
  static let description = CommandDescription(
    "edit", abstract: "Change settings in an editor.",
    discussion: """
      The editor is VISUAL, else EDITOR, else vi. What is wrong is told, and nothing is changed then.

      Examples:
        $ sc config edit
        $ EDITOR=nano sc config edit --user
      """,
    parser: ConfigEditCommand.init)

  let global: GlobalOptions
  let isForUser: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isForUser = arguments.flag("user", "global", help: "Yours, in every history.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let old = try await invocation.ownSettings(forUser: isForUser)
    // The agent would tell again what the settings say.
    let document = try ExportedSettings(
      old.values, hostID: old.hostID, describesAgent: false
    ).linkedData(.jsonLD)
    let draft = try EditedFile(document, suffix: ".jsonld", in: invocation.environment)
    do {
      try Editor(invocation.environment).edit(draft.path)
      let bytes = try draft.read(upTo: HandedInSettings.byteLimit)
      let new = try HandedInSettings(bytes, named: draft.path.string, mayBeEmpty: true).values
      // Only what was changed is: others may have changed other settings meanwhile.
      var changes: [ConfigurationKey: String?] = [:]
      for key in ConfigurationKey.allCases where new[key] != old.values[key] {
        changes.updateValue(new[key], forKey: key)
      }
      if changes.isEmpty {
        invocation.terminal.note("sc: nothing was changed")
      } else {
        try await invocation.change(changes, forUser: isForUser)
      }
    } catch {
      invocation.terminal.note("sc: what you wrote is in \(draft.path)")
      throw error
    }
    draft.remove()
  }
}

extension Invocation {
  /// Changes settings: this machine's own in the history, or the user's.
  ///
  /// - Parameter changes: nil takes a setting away.
  func change(_ changes: [ConfigurationKey: String?], forUser: Bool) async throws {
    let places = try places()
    guard forUser else {
      return try await HistoryStore.open(places).change(changes)
    }
    var settings = try UserSettings(in: try userFolder(of: places))
    try settings.set(changes)
  }

  /// What is set for this machine in the history, or for the user.
  fileprivate func ownSettings(
    forUser: Bool
  ) async throws -> (values: [ConfigurationKey: String], hostID: String?) {
    let places = try places()
    guard forUser else {
      let store = try await HistoryStore.open(places)
      return (try await store.ownSettings(), store.hostID)
    }
    return (try UserSettings(in: try userFolder(of: places)).values, nil)
  }

  /// The settings in force, or the user's.
  fileprivate func settings(
    ofUser: Bool
  ) async throws -> (values: [ConfigurationKey: String], hostID: String?) {
    if ofUser { return try await ownSettings(forUser: true) }
    let settings = try await configuration().settings.filter { $0.origin != .default }
    let values = Dictionary(settings.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    let store = try? await HistoryStore.open(try places())
    return (values, store?.hostID)
  }
}
