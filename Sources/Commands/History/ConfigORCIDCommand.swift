import Arguments
import SmartContainers

/// `sc config orcid`.
struct ConfigORCIDCommand: SmartCommand {
  static let description = CommandDescription(
    "orcid", abstract: "Say who you are by your ORCID iD.",
    discussion: """
      The check digit is verified, and ORCID's public API (orcid.endpoint) is asked for your name and \
      where you work. What you set yourself is kept. Without a network the iD alone is set.

      Examples:
        $ sc config orcid 0000-0002-1825-0097
        $ sc config orcid --user --offline 0000-0002-1825-0097
      """,
    parser: ConfigORCIDCommand.init)

  let global: GlobalOptions
  let isForUser: Bool
  let isOffline: Bool
  let id: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isForUser = arguments.flag("user", "global", help: "For you, in every history.")
    isOffline = arguments.flag("offline", help: "Do not ask ORCID.")
    global = try GlobalOptions(&arguments)
    id = try arguments.word("id", help: "The iD, or its address.")
  }

  func run(_ invocation: Invocation) async throws {
    let iri = try ConfigurationKey.agentORCID.normalized(id)
    var settings: [ConfigurationKey: String] = [.agentORCID: iri]
    if !isOffline {
      let known = try await invocation.configuration()
      for (key, value) in try await invocation.orcidSettings(of: iri) {
        if let own = known[key], own != value {
          invocation.terminal.note(
            PlainText.sanitize("sc: ORCID says \(key.rawValue) is \(value); yours is kept: \(own)"))
        } else {
          settings[key] = value
        }
      }
    }
    try await invocation.change(settings, forUser: isForUser)
    for key in ConfigurationKey.allCases {
      guard let value = settings[key] else { continue }
      try invocation.terminal.writeLine(PlainText.sanitize("\(key.rawValue)=\(value)"))
    }
  }
}

extension Invocation {
  /// What ORCID says of a person, as settings; none, with a word on it, where it cannot be asked.
  ///
  /// - Throws: `SmartContainersError` when ORCID knows no such iD.
  func orcidSettings(of iri: String) async throws -> [ConfigurationKey: String] {
    let record: ORCIDRecord?
    do {
      record = try await ORCIDRecord.fetch(iri, try await configuration(), try places())
    } catch let error as SmartContainersError {
      try Task.checkCancellation()
      let reason = PlainText.sanitize(error.message)
      terminal.note("sc: ORCID does not answer for it (\(reason)); the iD alone is set")
      return [:]
    }
    guard let record else {
      throw SmartContainersError(
        .failed, "ORCID knows no \(iri)",
        hint: "Look it up at https://orcid.org; --offline sets it all the same.")
    }
    var settings: [ConfigurationKey: String] = [:]
    settings[.agentName] = record.name
    settings[.agentOrganization] = record.organization
    if settings.isEmpty {
      terminal.note("sc: ORCID knows the iD, and shows neither a name nor an organization")
    }
    return settings
  }
}
