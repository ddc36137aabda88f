import Canonical

extension ContainerRequest {
  /// The paths that engines hide from containers, and those that they protect from writing. Newer
  /// engines have more of them; a user can only empty the lists, or write others through the API.
  ///
  /// Source: moby, oci/defaults.go.
  static let guardedPaths: [String: Set<String>] = [
    "MaskedPaths": [
      "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
      "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/firmware",
    ],
    "ReadonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
  ]

  /// What every engine fills in where nobody says anything.
  private static let defaults: [String: JSONValue] = [
    "IpcMode": "private", "Isolation": "default", "LogConfig": ["Type": "json-file"],
    "NetworkMode": "default", "Runtime": "runc", "ShmSize": 67_108_864,
    "RestartPolicy": ["Name": "no"],
  ]

  /// The part of the host's configuration that somebody asked for. The namespace of control groups
  /// stays: what engines fill in there depends on the host.
  static func host(_ inspected: [String: JSONValue]) -> [String: JSONValue] {
    var asked = inspected.filter { defaults[$0.key] != $0.value }
    for name in ["Cgroup", "ConsoleSize", "ContainerIDFile"] { asked[name] = nil }
    // Twice the memory is what there is with swap when only the memory is limited.
    if let memory = asked["Memory"]?.integer,
      asked["MemorySwap"]?.integer == memory.multipliedReportingOverflow(by: 2).partialValue
    {
      asked["MemorySwap"] = nil
    }
    asked["Links"] = asked["Links"]?.strings.map { JSONBody.strings($0.map(link)) }
    let isOpen = ["PidMode", "IpcMode"].contains { asked[$0] == "host" }
    if asked["Privileged"] == true || isOpen, asked["SecurityOpt"] == ["label=disable"] {
      asked["SecurityOpt"] = nil
    }
    for (name, paths) in guardedPaths {
      let found = Set(asked[name]?.strings ?? [])
      let isFilledIn = paths.isSubset(of: found) || asked["Privileged"] == true && found.isEmpty
      // Where somebody emptied it, an empty list must be asked for.
      if isFilledIn { asked[name] = nil } else if found.isEmpty { asked[name] = [] }
    }
    return asked
  }

  /// `database:db`, of which an engine makes `/database:/web/db`.
  private static func link(_ text: String) -> String {
    let halves = text.split(separator: ":", maxSplits: 1)
    guard halves.count == 2, text.hasPrefix("/") else { return text }
    return halves[0].dropFirst() + ":" + (halves[1].split(separator: "/").last ?? halves[1])
  }
}
