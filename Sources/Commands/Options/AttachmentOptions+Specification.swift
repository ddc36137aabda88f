import SmartContainers

extension AttachmentOptions {
  func apply(to specification: inout ContainerSpecification) throws {
    for volume in volumes {
      if volume.contains(":") {
        specification.host.binds.append(volume)
      } else {
        specification.volumes.append(volume)
      }
    }
    specification.host.mounts = try mount.map { try MountSpecification($0).json }
    for entry in tmpfs {
      let halves = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      specification.host.tmpfs[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
    }
    specification.host.volumesFrom = volumesFrom
    specification.host.networkMode = network
    specification.host.volumeDriver = volumeDriver
    specification.host.links = link
    specification.host.annotations = try ContainerOptions.dictionary(annotation, "--annotation")
    specification.endpoint.aliases = networkAlias
    specification.endpoint.links = network == nil ? [] : link
    specification.endpoint.ipv4Address = ip
    specification.endpoint.ipv6Address = ip6
    specification.endpoint.linkLocalAddresses = linkLocalIP
    specification.endpoint.macAddress = macAddress
    specification.host.portBindings = try publish.flatMap { try PortSpecification($0).bindings }
    specification.host.publishesAllPorts = publishAll
    specification.exposedPorts =
      try expose.flatMap { try PortSpecification($0, flag: "--expose").bindings }
      .map(\.containerPort)
      + specification.host.portBindings.map(\.containerPort)
    specification.host.dns = dns
    specification.host.dnsOptions = dnsOption
    specification.host.dnsSearch = dnsSearch
    specification.host.extraHosts = addHost
    specification.host.devices = device.map(Self.device)
    specification.host.logDriver = logDriver
    specification.host.logOptions = try ContainerOptions.dictionary(logOpt, "--log-opt")
  }

  private static func device(_ text: String) -> JSONValue {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let rights = fields.last.flatMap { field in
      fields.count > 1 && !field.isEmpty && field.allSatisfy { "rwm".contains($0) } ? field : nil
    }
    let hasInside = fields.count > (rights == nil ? 1 : 2)
    return [
      "PathOnHost": .string(fields.first ?? ""),
      "PathInContainer": .string((hasInside ? fields[1] : fields.first) ?? ""),
      "CgroupPermissions": .string(rights ?? "rwm"),
    ]
  }
}
