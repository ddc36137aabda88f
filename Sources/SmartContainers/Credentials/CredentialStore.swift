import Canonical
import DockerEngine
import SystemPackage

/// The registry credentials of a user, where docker keeps them: in the files and with the helpers
/// that docker's `config.json` names.
///
/// Source: docker/cli, cli/config/configfile and cli/config/credentials.
public struct CredentialStore: Sendable {
  /// Where credentials lie.
  public enum Place: Sendable, Hashable {
    /// In the file, readable by its owner.
    case file(FilePath)
    /// With the program `docker-credential-NAME`.
    case helper(String)
  }

  /// The key of the public hub.
  public static let hub = "https://index.docker.io/v1/"

  private let configuration: DockerConfiguration
  private let environment: [String: String]

  /// - Throws: `SmartContainersError` of code `usage` when nobody knows docker's folder.
  public init(_ places: ClientPlaces) throws(SmartContainersError) {
    guard let folder = places.dockerFolder else {
      throw SmartContainersError(
        .usage, "it is not known where docker's config.json is", hint: "Set HOME or DOCKER_CONFIG.")
    }
    configuration = DockerConfiguration(path: folder.appending("config.json"))
    environment = places.environment
  }

  /// The key of a registry: its host, and the hub's old address for the hub.
  ///
  /// - Parameter server: as the user wrote it, with or without a scheme and a path; nil is the hub.
  public static func key(for server: String?) -> String {
    guard let server, !server.isEmpty else { return hub }
    let host = host(of: server)
    return ["docker.io", "index.docker.io", "registry-1.docker.io"].contains(host) ? hub : host
  }

  private static func host(of server: String) -> String {
    var rest = server[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    return String(rest.prefix { $0 != "/" })
  }

  /// What is known for a registry; nil for nothing.
  ///
  /// - Parameter key: of `key(for:)`.
  public func credentials(for key: String) async throws -> RegistryCredentials? {
    let members = try configuration.read()
    if let helper = helper(for: key, members) { return try await helper.get(key) }
    let entries = members["auths"]?.object ?? [:]
    let entry =
      entries[key]
      ?? entries.sorted { $0.key < $1.key }.first { Self.key(for: $0.key) == key }?.value
    return entry.flatMap { RegistryCredentials(server: key, configuration: $0) }
  }

  /// What is known for every registry, ordered by their keys: what a build is sent.
  ///
  /// As docker does, a helper that fails is passed over: what it would tell may not be needed.
  public func all() async throws -> [RegistryCredentials] {
    let members = try configuration.read()
    var keys = Set((members["auths"]?.object ?? [:]).keys.map(Self.key))
    keys.formUnion((members["credHelpers"]?.object ?? [:]).keys.map(Self.key))
    if let name = members["credsStore"]?.string, !name.isEmpty {
      let helper = CredentialHelper(name: name, environment: environment)
      keys.formUnion((try? await helper.list())?.map(Self.key) ?? [])
    }
    var found: [RegistryCredentials] = []
    for key in keys.sorted() {
      if let known = try? await credentials(for: key) { found.append(known) }
    }
    return found
  }

  /// Keeps credentials in place of those that were there, and says where.
  public func keep(_ credentials: RegistryCredentials) async throws -> Place {
    let key = credentials.server
    if let helper = helper(for: key, try configuration.read()) {
      try await helper.store(credentials)
      // What an older login left in the file would be out of date; docker lists the key there.
      try change(key) { $0[key] = [:] }
      return .helper(helper.name)
    }
    try change(key) { $0[key] = credentials.configurationEntry }
    return .file(configuration.path)
  }

  /// Forgets what is known for a registry, and says whether anything was.
  @discardableResult
  public func forget(_ key: String) async throws -> Bool {
    let members = try configuration.read()
    var isKnown = false
    if let helper = helper(for: key, members) {
      isKnown = try await helper.get(key) != nil
      if isKnown { try await helper.erase(key) }
    }
    let entries = members["auths"]?.object ?? [:]
    guard entries.keys.contains(where: { Self.key(for: $0) == key }) else { return isKnown }
    try change(key) { _ in }
    return true
  }

  /// Takes every entry of a registry out of the file, however it is written, and lets the body
  /// put another in.
  private func change(
    _ key: String, _ body: (inout [String: JSONValue]) -> Void
  ) throws(SmartContainersError) {
    try configuration.update { members in
      var entries = members["auths"]?.object ?? [:]
      for other in entries.keys where Self.key(for: other) == key { entries[other] = nil }
      body(&entries)
      members["auths"] = .object(entries)
    }
  }

  private func helper(for key: String, _ members: [String: JSONValue]) -> CredentialHelper? {
    let helpers = members["credHelpers"]?.object ?? [:]
    let name =
      (helpers[key] ?? helpers.first { Self.key(for: $0.key) == key }?.value)?.string
      ?? members["credsStore"]?.string
    guard let name, !name.isEmpty else { return nil }
    return CredentialHelper(name: name, environment: environment)
  }
}
