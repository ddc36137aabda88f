import Canonical

// The host's part of a container's configuration in a compose file.
extension ComposeService {
  mutating func addStorage() {
    addPorts()
    for (name, member) in [
      ("dns", "Dns"), ("dns_opt", "DnsOptions"), ("dns_search", "DnsSearch"),
      ("extra_hosts", "ExtraHosts"),
    ] {
      add(name, texts: host.texts(member))
    }
    var volumes = host.texts("Binds").map(text) + config.set("Volumes").map(text)
    var fields = host
    fields.each("Mounts") { mount in
      guard let entry = self.mount(&mount) else { return false }
      volumes.append(.map(entry))
      return true
    }
    host = fields
    if !volumes.isEmpty { add("volumes", .list(volumes)) }
    add(
      "tmpfs",
      texts: host.pairs("Tmpfs").map { $0.value.isEmpty ? $0.name : "\($0.name):\($0.value)" })
    add("volumes_from", texts: host.texts("VolumesFrom").map { "container:\($0)" })
    add("storage_opt", pairs: host.pairs("StorageOpt"))
    addDevices()
  }

  private mutating func addPorts() {
    let published = host.take("PortBindings", \.object) ?? [:]
    var ports: [YAMLValue] = []
    for (port, bindings) in published.sorted(by: { $0.key < $1.key }) {
      for binding in bindings.array ?? [] {
        let text = PortText.binding(
          port, address: binding["HostIp"]?.string ?? "",
          hostPort: binding["HostPort"]?.string ?? "")
        ports.append(.text(Self.escaped(text)))
      }
    }
    if !ports.isEmpty { add("ports", .list(ports)) }
    add(
      "expose", texts: config.set("ExposedPorts").filter { published[$0] == nil }.map(PortText.port)
    )
  }

  private func mount(_ mount: inout RecipeFields) -> [(String, YAMLValue)]? {
    guard let type = mount.text("Type"), let target = mount.text("Target") else { return nil }
    var entry: [(String, YAMLValue)] = [("type", text(type))]
    mount.text("Source").map { entry.append(("source", text($0))) }
    entry.append(("target", text(target)))
    if mount.truth("ReadOnly") == true { entry.append(("read_only", .bare("true"))) }
    mount.text("Consistency").map { entry.append(("consistency", text($0))) }
    mount.object("BindOptions") { options in
      options.text("Propagation").map {
        entry.append(("bind", .map([("propagation", text($0))])))
      }
    }
    mount.object("VolumeOptions") { options in
      var volume: [(String, YAMLValue)] = []
      if options.truth("NoCopy") == true { volume.append(("nocopy", .bare("true"))) }
      options.text("Subpath").map { volume.append(("subpath", text($0))) }
      if !volume.isEmpty { entry.append(("volume", .map(volume))) }
    }
    mount.object("TmpfsOptions") { options in
      var memory: [(String, YAMLValue)] = []
      options.number("SizeBytes").map { memory.append(("size", .bare("\($0)"))) }
      options.number("Mode").map { memory.append(("mode", .bare("\($0)"))) }
      if !memory.isEmpty { entry.append(("tmpfs", .map(memory))) }
    }
    return entry
  }

  private mutating func addDevices() {
    var devices: [String] = []
    host.each("Devices") { device in
      let outside = device.text("PathOnHost") ?? ""
      let inside = device.text("PathInContainer") ?? outside
      guard !outside.contains(":"), !inside.contains(":") else { return false }
      devices.append("\(outside):\(inside):\(device.text("CgroupPermissions") ?? "rwm")")
      return true
    }
    add("devices", texts: devices)
    var requests: [YAMLValue] = []
    var fields = host
    fields.each("DeviceRequests") { request in
      guard let lists = request["Capabilities"]?.array, lists.count == 1,
        let capabilities = lists[0].strings
      else { return false }
      _ = request.take("Capabilities", \.array)
      var entry: [(String, YAMLValue)] = [("capabilities", list(capabilities))]
      request.text("Driver").map { entry.append(("driver", text($0))) }
      let ids = request.texts("DeviceIDs")
      if !ids.isEmpty { entry.append(("device_ids", list(ids))) }
      request.number("Count").map { entry.append(("count", .bare($0 == -1 ? "all" : "\($0)"))) }
      let options = request.pairs("Options")
      if !options.isEmpty { entry.append(("options", map(options))) }
      requests.append(.map(entry))
      return true
    }
    host = fields
    if !requests.isEmpty {
      add(
        "deploy",
        .map([("resources", .map([("reservations", .map([("devices", .list(requests))]))]))]))
    }
    add("device_cgroup_rules", texts: host.texts("DeviceCgroupRules"))
  }

  mutating func addSecurity() {
    let flags = [
      ("privileged", "Privileged"), ("read_only", "ReadonlyRootfs"),
      ("oom_kill_disable", "OomKillDisable"),
    ]
    for (name, member) in flags where host.truth(member) == true { add(name, .bare("true")) }
    add("init", host.truth("Init").map { .bare("\($0)") })
    for (name, member) in [
      ("cap_add", "CapAdd"), ("cap_drop", "CapDrop"), ("group_add", "GroupAdd"),
    ] {
      add(name, texts: host.texts(member))
    }
    // Of a profile compose takes the path of a file, and not the text.
    let options = host.texts("SecurityOpt")
    let profiles = options.filter { $0.hasPrefix("seccomp={") }
    if !profiles.isEmpty { cannotSay("HostConfig.SecurityOpt with the text of a seccomp profile") }
    var security = options.filter { !$0.hasPrefix("seccomp={") }
    if host["MaskedPaths"] == [], host["ReadonlyPaths"] == [] {
      _ = (host.texts("MaskedPaths"), host.texts("ReadonlyPaths"))
      security.append("systempaths=unconfined")
    }
    add("security_opt", texts: security)
    add("sysctls", pairs: host.pairs("Sysctls"))
    let texts = [
      ("ipc", "IpcMode"), ("pid", "PidMode"), ("uts", "UTSMode"), ("userns_mode", "UsernsMode"),
      ("cgroup", "CgroupnsMode"), ("cgroup_parent", "CgroupParent"), ("runtime", "Runtime"),
      ("isolation", "Isolation"),
    ]
    for (name, member) in texts { add(name, host.text(member).map(text)) }
  }

  mutating func addLimits() {
    let numbers = [
      ("mem_limit", "Memory"), ("memswap_limit", "MemorySwap"),
      ("mem_reservation", "MemoryReservation"), ("mem_swappiness", "MemorySwappiness"),
      ("shm_size", "ShmSize"), ("cpu_shares", "CpuShares"), ("cpu_period", "CpuPeriod"),
      ("cpu_quota", "CpuQuota"), ("cpu_rt_period", "CpuRealtimePeriod"),
      ("cpu_rt_runtime", "CpuRealtimeRuntime"), ("cpu_count", "CpuCount"),
      ("cpu_percent", "CpuPercent"), ("pids_limit", "PidsLimit"), ("oom_score_adj", "OomScoreAdj"),
    ]
    for (name, member) in numbers { add(name, host.number(member).map { .bare("\($0)") }) }
    add("cpus", host.number("NanoCpus").map { .bare(AmountText.processors($0)) })
    add("cpuset", host.text("CpusetCpus").map(text))
    addBlockIO()
    var limits: [(String, YAMLValue)] = []
    host.each("Ulimits") { limit in
      guard let name = limit.text("Name") else { return false }
      let (soft, hard) = (limit.number("Soft") ?? 0, limit.number("Hard") ?? 0)
      limits.append((name, .map([("soft", .bare("\(soft)")), ("hard", .bare("\(hard)"))])))
      return true
    }
    if !limits.isEmpty { add("ulimits", .map(limits)) }
    var restart: String?
    host.object("RestartPolicy") { policy in
      let name = policy.text("Name") ?? ""
      let count = policy.number("MaximumRetryCount") ?? 0
      restart = count == 0 ? name : "\(name):\(count)"
    }
    add("restart", restart.map(text))
    addLogging()
    add("annotations", pairs: host.pairs("Annotations"))
  }

  private mutating func addLogging() {
    var logging: [(String, YAMLValue)] = []
    var fields = host
    fields.object("LogConfig") { log in
      log.text("Type").map { logging.append(("driver", text($0))) }
      let options = log.pairs("Config")
      if !options.isEmpty { logging.append(("options", map(options))) }
    }
    host = fields
    if !logging.isEmpty { add("logging", .map(logging)) }
  }

  private mutating func addBlockIO() {
    var limits: [(String, YAMLValue)] = []
    host.number("BlkioWeight").map { limits.append(("weight", .bare("\($0)"))) }
    let lists = [
      ("weight_device", "BlkioWeightDevice", "weight", "Weight"),
      ("device_read_bps", "BlkioDeviceReadBps", "rate", "Rate"),
      ("device_write_bps", "BlkioDeviceWriteBps", "rate", "Rate"),
      ("device_read_iops", "BlkioDeviceReadIOps", "rate", "Rate"),
      ("device_write_iops", "BlkioDeviceWriteIOps", "rate", "Rate"),
    ]
    var fields = host
    for (name, member, key, value) in lists {
      var devices: [YAMLValue] = []
      fields.each(member) { device in
        guard let path = device.text("Path") else { return false }
        devices.append(
          .map([("path", text(path)), (key, .bare("\(device.number(value) ?? 0)"))]))
        return true
      }
      if !devices.isEmpty { limits.append((name, .list(devices))) }
    }
    host = fields
    if !limits.isEmpty { add("blkio_config", .map(limits)) }
  }
}
