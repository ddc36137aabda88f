import Canonical

/// The fields of a snapshot, by name, in a form where equal means equal.
struct ConfigurationFields {
  private(set) var fields: [String: JSONValue] = [:]
  private(set) var layers: [JSONValue]
  let isImage: Bool

  private static let configurationNames = [
    "Cmd": "command", "Entrypoint": "entrypoint", "WorkingDir": "workingDirectory",
  ]
  /// The limits on a container's resources; memory in bytes.
  private static let limits: Set<String> = [
    "BlkioWeight", "CpuCount", "CpuPercent", "CpuPeriod", "CpuQuota", "CpuRealtimePeriod",
    "CpuRealtimeRuntime", "CpuShares", "CpusetCpus", "CpusetMems", "IOMaximumBandwidth",
    "IOMaximumIOps", "KernelMemory", "KernelMemoryTCP", "Memory", "MemoryReservation",
    "MemorySwap", "MemorySwappiness", "NanoCpus", "OomKillDisable", "PidsLimit", "ShmSize",
  ]
  /// The parts of a container's configuration that an image has as well.
  private static let shared = [
    "command", "entrypoint", "environment.", "exposedPorts.", "healthcheck", "labels.", "onBuild",
    "shell", "stopSignal", "user", "volumes.", "workingDirectory",
  ]

  init(of snapshot: JSONValue) {
    isImage = snapshot["RootFS"] != nil
    layers = snapshot["RootFS"]?["Layers"]?.array ?? []
    for (name, value) in snapshot.object ?? [:] {
      switch name {
      case "Id", "RootFS": break
      case "Created": if isImage { fields["created"] = value }
      case "Config": addConfiguration(value.object ?? [:])
      case "HostConfig": addHostConfiguration(value.object ?? [:], in: snapshot)
      case "Mounts": addMounts(value.array ?? [], by: "Destination")
      case "Networks": add(value, as: "networks")
      case "Labels", "Options": add(value, as: name.lowercased())
      default: fields[Self.fieldName(name)] = value
      }
    }
  }

  /// Leaves out all that an image, or a container, has alone.
  mutating func keepShared() {
    layers = []
    fields = fields.filter { field in
      Self.shared.contains {
        $0.hasSuffix(".")
          ? field.key.hasPrefix($0) : field.key == $0 || field.key.hasPrefix($0 + ".")
      }
    }
  }

  private mutating func addConfiguration(_ members: [String: JSONValue]) {
    for (name, value) in members {
      switch name {
      case "Env": addEnvironment(value.strings ?? [])
      case "Labels": add(value, as: "labels")
      case "ExposedPorts", "Volumes":
        for key in (value.object ?? [:]).keys { fields[Self.fieldName(name) + "." + key] = true }
      case "Image": fields["imageReference"] = value
      default: add(value, as: Self.configurationNames[name] ?? Self.fieldName(name))
      }
    }
  }

  /// One field a variable; of one that is there more than once, all values in their order.
  private mutating func addEnvironment(_ entries: [String]) {
    for (name, entries) in Dictionary(grouping: entries, by: { $0.prefix { $0 != "=" } }) {
      let values = entries.map { entry -> JSONValue in
        entry.contains("=") ? .string(String(entry.dropFirst(name.count + 1))) : .null
      }
      fields["environment." + name] = values.count == 1 ? values.first : .array(values)
    }
  }

  private mutating func addHostConfiguration(
    _ members: [String: JSONValue], in snapshot: JSONValue
  ) {
    for (name, value) in members {
      switch name {
      case _ where Self.limits.contains(name): fields["limits." + Self.fieldName(name)] = value
      case "Ulimits":
        for limit in value.array ?? [] {
          fields["limits.ulimits." + (limit["Name"]?.string ?? "")] = limit
        }
      case "PortBindings":
        for (port, bindings) in value.object ?? [:] { fields["ports." + port] = bindings }
      // What was asked for; what came of it is in the snapshot's own list.
      case "Binds", "Mounts": if snapshot["Mounts"] == nil { add(value, as: "mounts") }
      default: add(value, as: "host." + Self.fieldName(name))
      }
    }
  }

  private mutating func addMounts(_ mounts: [JSONValue], by key: String) {
    for mount in mounts { fields["mounts." + (mount[key]?.string ?? "")] = mount }
  }

  /// Adds a value, an object member by member.
  private mutating func add(_ value: JSONValue, as field: String) {
    guard let members = value.object, !members.isEmpty else {
      fields[field] = value
      return
    }
    let isChosen = ["labels", "options", "networks"].contains(field)
    for (name, member) in members {
      add(member, as: field + "." + (isChosen ? name : Self.fieldName(name)))
    }
  }

  /// The engine's name in lower camel case: `StopSignal` is `stopSignal`, `DNSConfig` `dnsConfig`.
  private static func fieldName(_ name: String) -> String {
    let capitals = name.utf8.prefix(while: \.isASCIIUppercase).count
    let lowered =
      capitals > 1 && capitals < name.utf8.count && name.utf8.allSatisfy(\.isASCIIAlphanumeric)
      ? capitals - 1 : max(1, capitals)
    return name.prefix(lowered).lowercased() + name.dropFirst(lowered)
  }
}
