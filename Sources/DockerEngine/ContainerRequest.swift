import Canonical

/// The requests that give a container again, made from what an engine says of it.
///
/// What the image gives, and what engines fill in by themselves, is left out: what stays is what
/// somebody asked for. Of an inspection what is null, empty, zero or false may be missing, as it
/// is in a snapshot.
///
/// Source: Engine API 1.41, POST /containers/create; moby, daemon/commit.go (merge),
/// daemon/create.go, daemon/daemon_unix.go (adaptContainerSettings).
package struct ContainerRequest: Sendable, Hashable {
  /// A network that the container is connected to once it is there.
  package struct Connection: Sendable, Hashable {
    package let network: String

    /// How it is reached there: EndpointSettings.
    package let endpoint: JSONValue
  }

  /// The body of the creation, without the image.
  package let body: JSONValue

  /// The networks beside the one that it is created in, by name.
  package let connections: [Connection]

  /// The network that it is created in and is to leave again; nil when it stays.
  package let disconnection: String?

  /// - Parameters:
  ///   - container: `Config`, `HostConfig` and `Id` as GET /containers/{id}/json has them.
  ///   - networks: the member `Networks` of its `NetworkSettings`; nil when it is in none.
  ///   - image: the image's `Config`; nil when it is not known, and nothing is left out for it.
  package init(container: JSONValue, networks: JSONValue?, image: JSONValue?) {
    let container = Self.withoutPodmansOwn(container, networks: networks)
    let host = container["HostConfig"]?.object ?? [:]
    var body = Self.configuration(
      container["Config"]?.object ?? [:], without: image?.object, in: host,
      id: container["Id"]?.string ?? "")
    let asked = Self.host(host)
    if !asked.isEmpty { body["HostConfig"] = .object(asked) }

    var rest = networks?.object ?? [:]
    let mode = host["NetworkMode"]?.string ?? "default"
    let own = Self.network(of: mode, among: rest.keys)
    let endpoint = own.flatMap { rest.removeValue(forKey: $0) } ?? [:]
    if let own, endpoint != [:] {
      body["NetworkingConfig"] = ["EndpointsConfig": [own: endpoint]]
    }
    // Of networks that others name, ids do not outlive the network; names do.
    if let own, Self.isNetwork(mode), !["default", own].contains(mode) {
      var named = asked
      named["NetworkMode"] = .string(own == "podman" ? mode : own)
      body["HostConfig"] = .object(named)
    }
    disconnection = own == nil && Self.isNetwork(mode) ? (mode == "default" ? "bridge" : mode) : nil
    connections = rest.sorted { $0.key < $1.key }.map {
      Connection(network: $0.key, endpoint: $0.value)
    }
    self.body = .object(body)
  }

  /// The name of the network that a mode stands for; nil when the container is not in it.
  private static func network(
    of mode: String, among names: some Collection<String>
  ) -> String? {
    if names.contains(mode) { return mode }
    if ["default", "bridge"].contains(mode) {
      return ["bridge", "podman"].first { names.contains($0) }
    }
    // A network may have been given by its id, and the engine shows its name.
    let isID = mode.utf8.count >= 12 && mode.allSatisfy(\.isHexDigit)
    return isID && names.count == 1 ? names.first : nil
  }

  /// Whether a mode is that of a network, which a container can be connected to and leave.
  package static func isNetwork(_ mode: String) -> Bool {
    !["host", "none", "slirp4netns", "pasta", "private"].contains(mode)
      && !mode.hasPrefix("container:")
      && !mode.hasPrefix("ns:")
  }
}

extension ContainerRequest {
  /// What somebody asked for beside what the image gives.
  private static func configuration(
    _ container: [String: JSONValue], without image: [String: JSONValue]?,
    in host: [String: JSONValue], id: String
  ) -> [String: JSONValue] {
    var asked = container
    asked["Image"] = nil
    for name in ["ExposedPorts", "Labels", "Volumes"] {
      let others = asked[name]?.object?.filter { image?[name]?[$0.key] != $0.value }
      asked[name] = others?.isEmpty == false ? others.map { .object($0) } : nil
    }
    for name in ["ArgsEscaped", "OnBuild", "Shell", "StopSignal", "User", "WorkingDir"]
    where image?[name] == asked[name] {
      asked[name] = nil
    }
    asked["Env"] = environment(container["Env"]?.strings ?? [], without: image?["Env"]?.strings)
    (asked["Entrypoint"], asked["Cmd"]) = process(container, without: image)
    asked["Healthcheck"] = healthcheck(container["Healthcheck"], without: image?["Healthcheck"])
    let mode = host["NetworkMode"]?.string ?? ""
    let sharesNetwork = mode.hasPrefix("container:")
    // It has the host name of whom it shares it with; else its own id for one, when nobody says.
    if sharesNetwork || host["UTSMode"] == "host"
      || container["Hostname"]?.string.map({ $0.utf8.count == 12 && id.hasPrefix($0) }) == true
    {
      asked["Hostname"] = nil
    }
    if sharesNetwork { asked["Domainname"] = nil }
    return asked
  }

  /// The variables that the image does not have, or not so.
  private static func environment(_ entries: [String], without image: [String]?) -> JSONValue? {
    let name = { (entry: String) in entry.prefix { $0 != "=" } }
    let counts = Dictionary(entries.map { (name($0), 1) }, uniquingKeysWith: +)
    let given = Set(image ?? [])
    let asked = entries.filter { !given.contains($0) || counts[name($0), default: 0] > 1 }
    guard !asked.isEmpty else { return nil }
    return JSONBody.strings(asked)
  }

  /// The entry point and the command: an image's command is not that of another entry point.
  private static func process(
    _ container: [String: JSONValue], without image: [String: JSONValue]?
  ) -> (entrypoint: JSONValue?, command: JSONValue?) {
    let (entrypoint, command) = (container["Entrypoint"], container["Cmd"])
    if let image, entrypoint == image["Entrypoint"], command != nil || image["Cmd"] == nil {
      return (nil, command == image["Cmd"] ? nil : command)
    }
    return (entrypoint ?? [], command)
  }

  /// The parts of a health check that are not the image's.
  private static func healthcheck(_ check: JSONValue?, without image: JSONValue?) -> JSONValue? {
    guard let members = check?.object else { return nil }
    let asked = members.filter { image?[$0.key] != $0.value }
    guard !asked.isEmpty else { return nil }
    return .object(asked)
  }
}
