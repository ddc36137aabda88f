import Canonical

extension Snapshot {
  /// A container's configuration. Source: Engine API, GET /containers/{id}/json.
  ///
  /// Left out is what changes by itself (state, addresses, paths of the engine) or follows from
  /// the rest (`Path`, `Args`). The security profile is: engines fill it in at the first start.
  /// So is the size of the client's terminal. The order of commands, name servers and hosts
  /// stays; lists that mean sets are sorted.
  package static func container(
    inspection: JSONValue, redactor: inout Redactor
  ) -> JSONValue {
    var members =
      pick(["Id", "Created", "Image", "Platform", "Mounts"], from: inspection).object ?? [:]
    members["Name"] = inspection["Name"]?.string.map { name in
      .string(name.hasPrefix("/") ? String(name.dropFirst()) : name)
    }
    members["Config"] = configuration(inspection["Config"])
    members["HostConfig"] = hostConfiguration(inspection["HostConfig"])
    members["Networks"] = networks(of: inspection)
    normalizeMounts(in: &members)
    return redactor.redact(json: Normalization.pruned(.object(members)))
  }

  private static func configuration(_ value: JSONValue?) -> JSONValue? {
    guard var members = value?.object else { return nil }
    Normalization.sortEnvironment(in: &members)
    return .object(members)
  }

  private static func hostConfiguration(_ value: JSONValue?) -> JSONValue? {
    guard var members = value?.object else { return nil }
    members["ConsoleSize"] = nil
    members["ContainerIDFile"] = nil
    for name in ["CapAdd", "CapDrop", "GroupAdd", "MaskedPaths", "ReadonlyPaths", "SecurityOpt"] {
      Normalization.sort(name, in: &members, by: \.string)
    }
    Normalization.sort("Binds", in: &members) { bind in
      bind.string?.split(separator: ":", omittingEmptySubsequences: false).dropFirst().first
        .map(String.init)
    }
    Normalization.sort("Mounts", in: &members) { $0["Target"]?.string }
    Normalization.sort("Devices", in: &members) { $0["PathInContainer"]?.string }
    Normalization.sort("Ulimits", in: &members) { $0["Name"]?.string }
    // "no" is how some versions write that nothing was asked for.
    if members["RestartPolicy"]?["Name"]?.string == "no" { members["RestartPolicy"] = nil }
    // A port that is exposed and not published is in the configuration.
    members["PortBindings"] = members["PortBindings"]?.object.map { ports in
      .object(
        ports.filter { $0.value.array?.isEmpty == false }.mapValues { bindings in
          var holder = ["Bindings": bindings]
          Normalization.sort("Bindings", in: &holder) { $0["HostPort"]?.string }
          return holder["Bindings"] ?? bindings
        })
    }
    if members["PortBindings"]?.object?.isEmpty == true { members["PortBindings"] = nil }
    return .object(members)
  }

  /// Of each mount what was asked for; where the engine keeps a volume is its own affair.
  private static func normalizeMounts(in members: inout [String: JSONValue]) {
    members["Mounts"] = members["Mounts"]?.array.map { mounts in
      .array(
        mounts.map { mount in
          guard var kept = mount.object else { return mount }
          if kept["Type"]?.string == "volume" { kept["Source"] = nil }
          return .object(kept)
        })
    }
    Normalization.sort("Mounts", in: &members) { $0["Destination"]?.string }
  }

  /// The networks, and what the user asked of each.
  private static func networks(of inspection: JSONValue) -> JSONValue? {
    guard let networks = inspection["NetworkSettings"]?["Networks"]?.object else { return nil }
    let shortID = inspection["Id"]?.string.map { String($0.prefix(12)) }
    return .object(
      networks.mapValues { network in
        var kept =
          pick(["Aliases", "DriverOpts", "GwPriority", "IPAMConfig", "Links"], from: network)
          .object ?? [:]
        // Engines add the short id to the aliases, and newer ones do not.
        kept["Aliases"] = kept["Aliases"]?.array.map { aliases in
          .array(aliases.filter { $0.string != shortID })
        }
        Normalization.sort("Aliases", in: &kept, by: \.string)
        Normalization.sort("Links", in: &kept, by: \.string)
        return .object(kept)
      })
  }
}
