import Canonical

// The host's part of a container's configuration. Source: docker CLI, cli/command/container/opts.go.
extension CreateOptions {
  /// The network that it is created in, and how it is reached there.
  mutating func addNetwork(_ host: inout RecipeFields, endpoint: JSONValue?) {
    let mode = host.text("NetworkMode")
    var reached = RecipeFields(endpoint, prefix: "NetworkingConfig.")
    var links = host.texts("Links")
    if reached["DriverOpts"] == nil, reached["GwPriority"] == nil {
      mode.map { add("--network", $0) }
      for (flag, values) in NetworkOptions.options(&reached, alias: "--network-alias") {
        // One flag says both.
        for value in values where flag != "--link" || !links.contains(value) {
          if flag == "--link" { links.append(value) } else { add(flag, value) }
        }
      }
    } else {
      add("--network", NetworkOptions.field(mode ?? "bridge", &reached))
    }
    for link in links { add("--link", link) }
    for name in reached.unread { cannotSay(name) }
    for port in (host["PortBindings"]?.object ?? [:]).keys.sorted() {
      for binding in host["PortBindings"]?[port]?.array ?? [] {
        add(
          "--publish",
          PortText.binding(
            port, address: binding["HostIp"]?.string ?? "",
            hostPort: binding["HostPort"]?.string ?? ""))
      }
    }
    _ = host.take("PortBindings", \.object)
    let lists = [
      ("Dns", "--dns"), ("DnsOptions", "--dns-option"), ("DnsSearch", "--dns-search"),
      ("ExtraHosts", "--add-host"),
    ]
    add(lists, &host)
  }

  mutating func addStorage(_ host: inout RecipeFields) {
    add([("Binds", "--volume"), ("VolumesFrom", "--volumes-from")], &host)
    var mounts: [String] = []
    host.each("Mounts") { mount in
      guard let text = MountText.fields(&mount) else { return false }
      mounts.append(text)
      return true
    }
    for mount in mounts { add("--mount", mount) }
    for (path, choices) in host.pairs("Tmpfs") {
      if path.contains(":") {
        cannotSay("HostConfig.Tmpfs \(path)")
      } else {
        add("--tmpfs", choices.isEmpty ? path : "\(path):\(choices)")
      }
    }
    host.text("VolumeDriver").map { add("--volume-driver", $0) }
    for (name, value) in host.pairs("StorageOpt") { add("--storage-opt", "\(name)=\(value)") }
    addDevices(&host)
  }

  private mutating func addDevices(_ host: inout RecipeFields) {
    var devices: [[String]] = []
    host.each("Devices") { device in
      let outside = device.text("PathOnHost") ?? ""
      let inside = device.text("PathInContainer") ?? outside
      let rights = device.text("CgroupPermissions") ?? "rwm"
      guard !outside.contains(":"), !inside.contains(":") else { return false }
      let paths = inside == outside ? outside : "\(outside):\(inside)"
      devices.append(["--device", rights == "rwm" ? paths : "\(paths):\(rights)"])
      return true
    }
    host.each("DeviceRequests") { request in
      if request["Driver"] == "cdi" {
        _ = request.text("Driver")
        devices += request.texts("DeviceIDs").map { ["--device", $0] }
        return true
      }
      guard let text = GPUText.fields(&request) else { return false }
      devices.append(["--gpus", text])
      return true
    }
    for device in devices { add(device[0], device[1]) }
    add([("DeviceCgroupRules", "--device-cgroup-rule")], &host)
  }

  mutating func addSecurity(_ host: inout RecipeFields) {
    let flags = [
      ("Privileged", "--privileged"), ("ReadonlyRootfs", "--read-only"), ("AutoRemove", "--rm"),
      ("PublishAllPorts", "--publish-all"), ("OomKillDisable", "--oom-kill-disable"),
    ]
    for (name, flag) in flags where host[name] == true {
      _ = host.truth(name)
      add(flag)
    }
    host.truth("Init").map { $0 ? add("--init") : add("--init=false") }
    add([("CapAdd", "--cap-add"), ("CapDrop", "--cap-drop"), ("GroupAdd", "--group-add")], &host)
    for option in host.texts("SecurityOpt") {
      let text = option.dropFirst("seccomp=".count)
      guard option.hasPrefix("seccomp="), text.hasPrefix("{") else {
        add("--security-opt", option)
        continue
      }
      if profile == nil {
        setProfile(String(text))
        add("--security-opt", "seccomp=/dev/stdin")
      } else {
        cannotSay("HostConfig.SecurityOpt with a second profile")
      }
    }
    if host["MaskedPaths"] == [], host["ReadonlyPaths"] == [] {
      _ = (host.texts("MaskedPaths"), host.texts("ReadonlyPaths"))
      add("--security-opt", "systempaths=unconfined")
    }
    for (name, value) in host.pairs("Sysctls") { add("--sysctl", "\(name)=\(value)") }
    let texts = [
      ("IpcMode", "--ipc"), ("PidMode", "--pid"), ("UTSMode", "--uts"),
      ("UsernsMode", "--userns"), ("CgroupnsMode", "--cgroupns"),
      ("CgroupParent", "--cgroup-parent"), ("Runtime", "--runtime"), ("Isolation", "--isolation"),
    ]
    for (name, flag) in texts { host.text(name).map { add(flag, $0) } }
  }

  mutating func addLimits(_ host: inout RecipeFields) {
    let sizes = [
      ("Memory", "--memory"), ("MemorySwap", "--memory-swap"),
      ("MemoryReservation", "--memory-reservation"), ("KernelMemory", "--kernel-memory"),
      ("ShmSize", "--shm-size"), ("IOMaximumBandwidth", "--io-maxbandwidth"),
    ]
    for (name, flag) in sizes { host.number(name).map { add(flag, AmountText.size($0)) } }
    host.number("NanoCpus").map { add("--cpus", AmountText.processors($0)) }
    let numbers = [
      ("MemorySwappiness", "--memory-swappiness"), ("CpuShares", "--cpu-shares"),
      ("CpuPeriod", "--cpu-period"), ("CpuQuota", "--cpu-quota"),
      ("CpuRealtimePeriod", "--cpu-rt-period"), ("CpuRealtimeRuntime", "--cpu-rt-runtime"),
      ("CpuCount", "--cpu-count"), ("CpuPercent", "--cpu-percent"),
      ("IOMaximumIOps", "--io-maxiops"), ("PidsLimit", "--pids-limit"),
      ("OomScoreAdj", "--oom-score-adj"), ("BlkioWeight", "--blkio-weight"),
    ]
    for (name, flag) in numbers { host.number(name).map { add(flag, "\($0)") } }
    for (name, flag) in [("CpusetCpus", "--cpuset-cpus"), ("CpusetMems", "--cpuset-mems")] {
      host.text(name).map { add(flag, $0) }
    }
    let devices = [
      ("BlkioWeightDevice", "Weight", "--blkio-weight-device"),
      ("BlkioDeviceReadBps", "Rate", "--device-read-bps"),
      ("BlkioDeviceWriteBps", "Rate", "--device-write-bps"),
      ("BlkioDeviceReadIOps", "Rate", "--device-read-iops"),
      ("BlkioDeviceWriteIOps", "Rate", "--device-write-iops"),
    ]
    for (name, member, flag) in devices {
      var said: [String] = []
      host.each(name) { device in
        guard let path = device.text("Path"), !path.contains(":") else { return false }
        said.append("\(path):\(device.number(member) ?? 0)")
        return true
      }
      for value in said { add(flag, value) }
    }
    var limits: [String] = []
    host.each("Ulimits") { limit in
      guard let name = limit.text("Name") else { return false }
      let (soft, hard) = (limit.number("Soft") ?? 0, limit.number("Hard") ?? 0)
      limits.append(soft == hard ? "\(name)=\(soft)" : "\(name)=\(soft):\(hard)")
      return true
    }
    for limit in limits { add("--ulimit", limit) }
  }

  mutating func addRest(_ host: inout RecipeFields) {
    var texts: [[String]] = []
    host.object("RestartPolicy") { policy in
      let name = policy.text("Name") ?? ""
      let count = policy.number("MaximumRetryCount").flatMap { $0 == 0 ? nil : $0 }
      texts.append(["--restart", count.map { "\(name):\($0)" } ?? name])
    }
    host.object("LogConfig") { log in
      log.text("Type").map { texts.append(["--log-driver", $0]) }
      for (name, value) in log.pairs("Config") { texts.append(["--log-opt", "\(name)=\(value)"]) }
    }
    for text in texts { add(text[0], text[1]) }
    for (name, value) in host.pairs("Annotations") { add("--annotation", "\(name)=\(value)") }
  }

  private mutating func add(_ lists: [(String, String)], _ host: inout RecipeFields) {
    for (name, flag) in lists {
      for value in host.texts(name) { add(flag, value) }
    }
  }
}
