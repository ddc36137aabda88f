import Canonical

extension ContainerRequest {
  /// What podman shows of a container where nobody said anything, and dockerd shows nothing.
  ///
  /// Source: podman 4.3, pkg/api/handlers/compat/containers.go, LibpodToContainerJSON.
  private static let podmansHost: [String: Set<JSONValue>] = [
    "IpcMode": ["shareable"], "MemorySwappiness": [-1, 0], "PidMode": ["private"],
    "PidsLimit": [2048], "Runtime": ["oci"], "ShmSize": [65_536_000], "UTSMode": ["private"],
  ]
  private static let podmansEnvironment: Set<String> = [
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm",
    "container=oci", "container=podman",
  ]

  /// Whether podman shows a container so: it alone has a name for namespaces that are its own.
  static func isPodmans(_ host: [String: JSONValue]) -> Bool {
    host["UTSMode"] == "private" || host["PidMode"] == "private"
  }

  /// The container as dockerd would show it, where it is podman's.
  static func withoutPodmansOwn(_ container: JSONValue, networks: JSONValue?) -> JSONValue {
    guard var members = container.object, var host = members["HostConfig"]?.object,
      isPodmans(host)
    else { return container }
    host = host.filter { podmansHost[$0.key]?.contains($0.value) != true }
    // It calls every network so that is a bridge.
    let names = (networks?.object ?? [:]).keys.sorted()
    if host["NetworkMode"] == "bridge", let first = names.first, !names.contains("podman") {
      host["NetworkMode"] = .string(first)
    }
    host["Ulimits"] = host["Ulimits"]?.array.map { limits in
      .array(
        limits.map { limit in
          guard var members = limit.object, let name = members["Name"]?.string,
            name.hasPrefix("RLIMIT_")
          else { return limit }
          members["Name"] = .string(name.dropFirst("RLIMIT_".count).lowercased())
          return .object(members)
        })
    }
    // Of the lists of guarded paths it shows nothing: that they are there is its default.
    host["MaskedPaths"] = .array(guardedPaths["MaskedPaths", default: []].map { .string($0) })
    host["ReadonlyPaths"] = .array(guardedPaths["ReadonlyPaths", default: []].map { .string($0) })
    var configuration = members["Config"]?.object ?? [:]
    if configuration["StopSignal"] == "15" { configuration["StopSignal"] = nil }
    if configuration["StopTimeout"] == 0 { configuration["StopTimeout"] = nil }
    if configuration["WorkingDir"] == "/" { configuration["WorkingDir"] = nil }
    configuration["Env"] = configuration["Env"]?.strings.map { entries in
      JSONBody.strings(entries.filter { !podmansEnvironment.contains($0) })
    }
    members["HostConfig"] = .object(host)
    members["Config"] = .object(configuration)
    return .object(members)
  }
}
