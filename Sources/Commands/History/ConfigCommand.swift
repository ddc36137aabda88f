import Arguments
import SmartContainers
import SystemPackage

/// `sc config`.
enum ConfigCommand {
  static let description = CommandDescription(
    "config", abstract: "Read and change settings.",
    discussion: """
      A setting is taken from --set, then from its SC_* variable, then from the document that \
      --config or SC_CONFIG names, then from this machine's part of the history, then from the \
      user's own file, then from the default.

      Settings:
      """ + ConfigurationKey.allCases.reduce(into: "") { $0 += "\n  \($1.rawValue): \($1.summary)" }
    ,
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          ConfigGetCommand.description, ConfigSetCommand.description,
          ConfigUnsetCommand.description, ConfigListCommand.description,
          ConfigImportCommand.description, ConfigExportCommand.description,
          ConfigEditCommand.description, ConfigORCIDCommand.description,
        ])
    ])
}

/// `sc config get`.
struct ConfigGetCommand: SmartCommand {
  static let description = CommandDescription(
    "get", abstract: "Print a setting; exit code 1 when nobody made it.",
    discussion: """
      Examples:
        $ sc config get agent.orcid
      """,
    parser: ConfigGetCommand.init)

  let global: GlobalOptions
  let key: ConfigurationKey

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    key = try arguments.word("key", help: "The setting.", placeholder: .agentName)
  }

  func run(_ invocation: Invocation) async throws {
    let configuration = try await invocation.configuration()
    guard let value = configuration[key] else {
      throw ProcessExit(status: ExitStatus.failed.rawValue)
    }
    try invocation.terminal.writeLine(value)
  }
}

/// `sc config set`.
struct ConfigSetCommand: SmartCommand {
  static let description = CommandDescription(
    "set", abstract: "Make a setting.",
    discussion: """
      In a history the setting is this machine's own and is committed to it; with --user it is \
      yours everywhere.

      Examples:
        $ sc config set agent.name "Ada Lovelace"
        $ sc config set --user agent.orcid 0000-0002-1825-0097
      """,
    parser: ConfigSetCommand.init)

  let global: GlobalOptions
  let isForUser: Bool
  let key: ConfigurationKey
  let value: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isForUser = arguments.flag("user", "global", help: "For you, in every history.")
    global = try GlobalOptions(&arguments)
    key = try arguments.word("key", help: "The setting.", placeholder: .agentName)
    value = try arguments.word("value", help: "The value.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.change(key, to: value, forUser: isForUser)
  }
}

/// `sc config unset`.
struct ConfigUnsetCommand: SmartCommand {
  static let description = CommandDescription(
    "unset", abstract: "Take a setting away.",
    discussion: """
      Examples:
        $ sc config unset agent.organization
        $ sc config unset --user agent.email
      """,
    parser: ConfigUnsetCommand.init)

  let global: GlobalOptions
  let isForUser: Bool
  let key: ConfigurationKey

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isForUser = arguments.flag("user", "global", help: "Yours, in every history.")
    global = try GlobalOptions(&arguments)
    key = try arguments.word("key", help: "The setting.", placeholder: .agentName)
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.change(key, to: nil, forUser: isForUser)
  }
}

/// `sc config list`.
struct ConfigListCommand: SmartCommand {
  static let description = CommandDescription(
    "list", abstract: "Print the settings in force.",
    discussion: """
      Examples:
        $ sc config list --show-origin
      """,
    aliases: ["ls"],
    parser: ConfigListCommand.init)

  let global: GlobalOptions
  let showOrigin: Bool
  let json: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    showOrigin = arguments.flag(
      "show-origin",
      help: "Also where each was made: flag, environment, file, repository, user, default."
    )
    json = arguments.flag("json", help: "Write one JSON array.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let settings = try await invocation.configuration().settings
    if json {
      let entries = settings.map { setting -> JSONValue in
        [
          "key": .string(setting.key.rawValue), "value": .string(setting.value),
          "origin": .string(setting.origin.rawValue),
        ]
      }
      try invocation.terminal.write(.array(entries))
      return
    }
    for setting in settings {
      let origin = showOrigin ? "\(setting.origin.rawValue)\t" : ""
      try invocation.terminal.writeLine("\(origin)\(setting.key.rawValue)=\(setting.value)")
    }
  }
}

extension ConfigurationKey: ArgumentValue {}

extension Invocation {
  /// Makes a setting, or takes it away: this machine's own in the history, or the user's.
  fileprivate func change(
    _ key: ConfigurationKey, to value: String?, forUser: Bool
  ) async throws {
    let places = try places()
    guard forUser else { return try await HistoryStore.open(places).set(key, to: value) }
    var settings = try UserSettings(in: try userFolder(of: places))
    try settings.set(key, to: value)
  }

  /// The folder of the user's own settings.
  func userFolder(of places: ClientPlaces) throws -> FilePath {
    guard let folder = places.userFolder else {
      throw UsageError("you have no home folder; set SC_HOME")
    }
    return folder
  }

  /// The settings in force; outside of a history, those of flags, environment and user.
  func configuration() async throws -> Configuration {
    let places = try places()
    do {
      return try await HistoryStore.open(places).configuration
    } catch let error as SmartContainersError where error.code == .noHistory {
      return try HistoryStore.configurationWithoutHistory(places)
    }
  }
}
