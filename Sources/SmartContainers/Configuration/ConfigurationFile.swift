import Canonical
import Git
import Glibc
import History
import Provenance
import SystemPackage

/// Where settings are kept: with each machine in the history, and with the user.
extension HistoryStore {
  /// The path of a machine's own settings in the history.
  static func configurationPath(of hostID: String) -> String { "hosts/\(hostID)/config.jsonld" }

  /// The settings in force: flag over `SC_*` over a document given with the call over repository
  /// over user over default.
  static func configuration(
    of history: HistoryRepository?, _ places: ClientPlaces
  ) throws -> Configuration {
    var configuration = Configuration()
    try configuration.add(places.flags, from: .flag)
    try configuration.add(environment: places.environment)
    try configuration.add(places.handedInSettings, from: .file)
    // Who is said to be somebody is so with nothing of anybody else.
    let isSomebodyElse = HandedInSettings.namesSomebody(places.handedInSettings)
    let own = { (values: [ConfigurationKey: String]) in
      values.filter { !isSomebodyElse || !$0.key.saysWho }
    }
    if let history {
      try configuration.add(own(repositorySettings(of: history)), from: .repository)
    }
    if let folder = places.userFolder {
      try configuration.add(own(UserSettings(in: folder).values), from: .user)
    }
    return configuration
  }

  private static func repositorySettings(
    of history: HistoryRepository
  ) throws -> [ConfigurationKey: String] {
    let path = configurationPath(of: try history.hostID())
    guard let bytes = try history.lastKnownFile(at: path) else { return [:] }
    return try HostConfigurationDocument.settings(
      in: bytes, named: path,
      hint: "git --git-dir=\(history.path) show main:\(path) shows it; commit it mended.")
  }

  /// Changes a setting of this machine in this history, as a commit of its own.
  ///
  /// - Parameter value: nil takes the setting away.
  public func set(_ key: ConfigurationKey, to value: String?) async throws {
    let verb = value == nil ? "unset" : "set"
    try await change([key: value], as: "\(verb) \(key.rawValue)", "config.set")
  }

  /// Changes settings of this machine in this history, as one commit.
  ///
  /// - Parameter changes: nil takes a setting away.
  public func change(_ changes: [ConfigurationKey: String?]) async throws {
    try await change(changes, as: "import settings", "config.import")
  }

  /// - Parameters:
  ///   - changes: nil takes a setting away.
  ///   - subject: the first line of the commit's message.
  private func change(
    _ changes: [ConfigurationKey: String?], as subject: String, _ operation: String
  ) async throws {
    do {
      let changes = try changes.map { key, value in
        (key, try value.map { value throws(SmartContainersError) in try key.normalized(value) })
      }
      let (hostID, environment) = (hostID, environment)
      let machine = Machine()
      try await queue.with { history in
        var settings = try Self.repositorySettings(of: history)
        for (key, value) in changes { settings[key] = value }
        if let key = changes.first(where: { $0.0 == .signingKey }) {
          // The first commit with a new key shows whether it can sign.
          history.sign(
            with: key.1.map { GitSigner(GitSigner.Key($0), environment: environment) })
        }
        let account = OperationRecord.Person(
          name: machine.userName, email: "\(machine.userName)@\(machine.hostname)")
        let author = OperationRecord.Person(
          name: settings[.agentName] ?? account.name, email: settings[.agentEmail] ?? account.email)
        let document = HostConfigurationDocument.document(of: settings, hostID: hostID)
        _ = try history.commitFiles(
          [.init(path: Self.configurationPath(of: hostID), content: document)],
          subject: subject, fields: [.init(name: "Operation", value: operation)], author: author,
          committer: account, at: SystemClock.now())
      }
    } catch {
      throw SmartContainersError(describing: error)
    }
  }

  /// The settings of this machine in this history.
  public func ownSettings() async throws -> [ConfigurationKey: String] {
    do {
      return try await queue.with { history in try Self.repositorySettings(of: history) }
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}

/// A machine's settings as the JSON-LD that the history keeps.
enum HostConfigurationDocument {
  static let terms: [ConfigurationKey: String] = [
    .agentName: "agentName", .agentEmail: "agentEmail", .agentORCID: "agentORCID",
    .agentOrganization: "agentOrganization", .redactionEnvironment: "redactionEnvironment",
    .contextRemote: "contextRemote", .orcidEndpoint: "orcidEndpoint", .entryServices: "entryHTTP",
    .entryFolders: "entryFolders", .remoteTimeout: "remoteTimeout",
    .signingKey: "signingKey", .allowedSigners: "allowedSigners",
  ]

  static let namespace = "https://w3id.org/daspos/smartcontainers#"

  static func document(of settings: [ConfigurationKey: String], hostID: String) -> [UInt8] {
    var members: [String: JSONValue] = [
      "@context": [
        "@vocab": .string(namespace), "agentORCID": ["@type": "@id"],
      ],
      "@id": .string("urn:uuid:\(hostID)"), "@type": "HostConfiguration",
    ]
    for (key, value) in settings {
      if let term = terms[key] { members[term] = .string(value) }
    }
    return JSONValue.object(members).bytes(.pretty)
  }
}

/// The user's own settings, one JSON object in `~/.sc/config.json`; with an `@context` it says the
/// same as JSON-LD.
public struct UserSettings: Sendable {
  private let path: FilePath

  /// The values; empty when there is no file.
  public private(set) var values: [ConfigurationKey: String] = [:]

  /// Reads them.
  ///
  /// - Throws: `SmartContainersError` when the file is there and makes no sense.
  public init(in folder: FilePath) throws(SmartContainersError) {
    path = folder.appending("config.json")
    do {
      let text = try TextFile.read(path)
      let json = try JSONValue(parsing: text)
      guard json["@context"] == nil else {
        values = try HostConfigurationDocument.settings(
          in: Array(text.utf8), named: path.string, hint: "Mend the file, or remove it.")
        return
      }
      for (name, value) in json.object ?? [:] {
        guard let key = ConfigurationKey(rawValue: name) else { continue }
        values[key] = value.string
      }
    } catch let error as Errno where error == .noSuchFileOrDirectory || error == .notDirectory {
      return
    } catch let error as SmartContainersError {
      throw error
    } catch {
      throw SmartContainersError(
        .failed, "\(path) cannot be read: \(error)", hint: "Mend the file, or remove it.",
        cause: error)
    }
  }

  /// Whether there is such a file.
  public static func exist(in folder: FilePath) -> Bool {
    access(folder.appending("config.json").string, F_OK) == 0
  }

  /// Changes one and writes the file; nil takes the setting away.
  public mutating func set(
    _ key: ConfigurationKey, to value: String?
  ) throws(SmartContainersError) {
    try set([key: value])
  }

  /// Changes several and writes the file; nil takes a setting away.
  public mutating func set(_ changes: [ConfigurationKey: String?]) throws(SmartContainersError) {
    for (key, value) in changes {
      values[key] = try value.map { value throws(SmartContainersError) in
        try key.normalized(value)
      }
    }
    let json = JSONValue.object(
      Dictionary(
        values.map { ($0.key.rawValue, .string($0.value)) }, uniquingKeysWith: { $1 }))
    do {
      Self.makeFolder(path.removingLastComponent())
      try TextFile.replace(path, with: json.text(.pretty))
    } catch {
      throw SmartContainersError(.failed, "\(path) cannot be written: \(error)", cause: error)
    }
  }
}

extension UserSettings {
  /// Makes a folder and those above it; what fails shows when the file is written.
  private static func makeFolder(_ folder: FilePath) {
    guard access(folder.string, F_OK) != 0 else { return }
    let above = folder.removingLastComponent()
    if above != folder, !above.isEmpty { makeFolder(above) }
    mkdir(folder.string, 0o755)
  }
}

extension HistoryStore {
  /// The settings in force where there is no history.
  public static func configurationWithoutHistory(
    _ places: ClientPlaces
  ) throws -> Configuration {
    try configuration(of: nil, places)
  }
}
