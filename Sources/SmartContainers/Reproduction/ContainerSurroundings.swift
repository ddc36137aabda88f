import Canonical
import DockerEngine

/// The networks and volumes that a container needs, by name, as a history knows them: snapshots.
struct ContainerSurroundings: Sendable {
  var networks: [String: JSONValue] = [:]
  var volumes: [String: JSONValue] = [:]
}

extension ContainerRecipe {
  /// The names of the networks that must be there, but for those that every engine has.
  var neededNetworks: [String] {
    let mode = body["HostConfig"]?["NetworkMode"]?.string
    let own = mode.map { ContainerRequest.isNetwork($0) ? [$0] : [] } ?? []
    return Set(own + connections.map(\.network)).subtracting(["bridge", "default", "podman"])
      .sorted()
  }

  /// The names of the volumes that must be there, but for those that have none.
  var neededVolumes: [String] {
    let host = body["HostConfig"]
    let bound = (host?["Binds"]?.strings ?? []).compactMap { bind in
      let source = bind.prefix { $0 != ":" }
      return source.hasPrefix("/") || source.isEmpty ? nil : String(source)
    }
    let mounted = (host?["Mounts"]?.array ?? []).compactMap { mount in
      mount["Type"] == "volume" ? mount["Source"]?.string : nil
    }
    return Set(bound + mounted.filter { !$0.isEmpty }).sorted()
  }
}
