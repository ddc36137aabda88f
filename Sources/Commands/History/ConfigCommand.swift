import ArgumentParser
import SmartContainers

/// `sc config`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Read and change settings.",
    discussion: """
      A setting is taken from --set, then from its SC_* variable, then from this machine's part \
      of the history, then from the user's own file, then from the default.

      Settings:
      \(ConfigurationKey.allCases.map { "  \($0.rawValue): \($0.summary)" }
        .joined(separator: "\n"))
      """,
    subcommands: [
      ConfigGetCommand.self, ConfigSetCommand.self, ConfigUnsetCommand.self,
      ConfigListCommand.self,
    ])
}

/// `sc config get`.
struct ConfigGetCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Print a setting; exit code 1 when nobody made it.",
    discussion: """
      Examples:
        $ sc config get agent.orcid
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "The setting.")
  var key: ConfigurationKey

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
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Make a setting.",
    discussion: """
      In a history the setting is this machine's own and is committed to it; with --user it is \
      yours everywhere.

      Examples:
        $ sc config set agent.name "Ada Lovelace"
        $ sc config set --user agent.orcid 0000-0002-1825-0097
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: [.customLong("user"), .customLong("global")], help: "For you, in every history.")
  var isForUser = false

  @Argument(help: "The setting.")
  var key: ConfigurationKey

  @Argument(help: "The value.")
  var value: String

  func run(_ invocation: Invocation) async throws {
    try await invocation.change(key, to: value, forUser: isForUser)
  }
}

/// `sc config unset`.
struct ConfigUnsetCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "unset", abstract: "Take a setting away.",
    discussion: """
      Examples:
        $ sc config unset agent.organization
        $ sc config unset --user agent.email
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(name: [.customLong("user"), .customLong("global")], help: "Yours, in every history.")
  var isForUser = false

  @Argument(help: "The setting.")
  var key: ConfigurationKey

  func run(_ invocation: Invocation) async throws {
    try await invocation.change(key, to: nil, forUser: isForUser)
  }
}

/// `sc config list`.
struct ConfigListCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the settings in force.",
    discussion: """
      Examples:
        $ sc config list --show-origin
      """,
    aliases: ["ls"])

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(help: "Also where each was made: flag, environment, repository, user, default.")
  var showOrigin = false

  @Flag(help: "Write one JSON array.")
  var json = false

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

extension ConfigurationKey: ExpressibleByArgument {}

extension Invocation {
  /// Makes a setting, or takes it away: this machine's own in the history, or the user's.
  fileprivate func change(
    _ key: ConfigurationKey, to value: String?, forUser: Bool
  ) async throws {
    let places = try places()
    guard forUser else { return try await HistoryStore.open(places).set(key, to: value) }
    guard let folder = places.userFolder else {
      throw UsageError("you have no home folder; set SC_HOME")
    }
    var settings = try UserSettings(in: folder)
    try settings.set(key, to: value)
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
