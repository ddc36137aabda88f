import SmartContainers

extension LimitOptions {
  func apply(
    to host: inout HostConfiguration, readFile: (String) throws -> String
  ) throws {
    host.memoryInBytes = memory?.bytes
    host.memorySwapInBytes = memorySwap?.bytes
    host.memoryReservationInBytes = memoryReservation?.bytes
    host.nanoCPUs = cpus.map { Int64(($0 * 1e9).rounded()) }
    host.cpuShares = cpuShares
    host.cpusetCPUs = cpusetCpus
    host.cpusetMemoryNodes = cpusetMems
    host.cpuPeriodInMicroseconds = cpuPeriod
    host.cpuQuotaInMicroseconds = cpuQuota
    host.cpuRealtimePeriodInMicroseconds = cpuRealtimePeriod
    host.cpuRealtimeRuntimeInMicroseconds = cpuRealtimeRuntime
    host.memorySwappiness = memorySwappiness
    host.isOutOfMemoryKillDisabled = oomKillDisable ? true : nil
    host.outOfMemoryScoreAdjustment = oomScoreAdj
    host.blockIO = try blockIO
    host.deviceCgroupRules = deviceCgroupRule
    host.deviceRequests = try gpus.map { [try GPURequest($0).json] } ?? []
    host.storageOptions = try ContainerOptions.dictionary(storageOpt, "--storage-opt")
    host.cgroupParent = cgroupParent
    host.cgroupNamespaceMode = cgroupns
    host.pidsLimit = pidsLimit
    host.sharedMemoryInBytes = shmSize?.bytes
    host.ulimits = try ulimit.map(Self.ulimit)
    host.isPrivileged = privileged
    host.hasReadOnlyRoot = readOnly
    host.usesInit = usesInit ? true : nil
    host.addedCapabilities = capAdd
    host.droppedCapabilities = capDrop
    host.addedGroups = groupAdd
    host.securityOptions = try securityOpt.map { option in
      // The engine takes a seccomp profile's text; its name means nothing to it.
      guard option.hasPrefix("seccomp="), option != "seccomp=unconfined" else { return option }
      let name = String(option.dropFirst(8))
      guard let profile = try? JSONValue(parsing: Array(try readFile(name).utf8)) else {
        throw UsageError("--security-opt \(option): \(name) is no JSON file")
      }
      return "seccomp=" + profile.text()
    }
    host.sysctls = try ContainerOptions.dictionary(sysctl, "--sysctl")
    host.ipcMode = ipc
    host.pidMode = pid
    host.utsMode = uts
    host.usernsMode = userns
    host.runtime = runtime
    if let restart {
      let halves = restart.split(separator: ":", maxSplits: 1)
      host.restartPolicy = halves.first.map(String.init)
      host.restartMaximum = halves.count > 1 ? Int64(halves[1]) : nil
      guard halves.count == 1 || host.restartMaximum != nil else {
        throw UsageError("--restart \(restart): expected on-failure:NUMBER")
      }
    }
  }

  private var blockIO: BlockIO {
    get throws(UsageError) {
      var blockIO = BlockIO()
      blockIO.weight = blkioWeight
      blockIO.weights = try Self.devices(blkioWeightDevice, "--blkio-weight-device") { Int64($0) }
      let bytes: (String) -> Int64? = { ByteSize(argument: $0)?.bytes }
      blockIO.readBytesPerSecond = try Self.devices(deviceReadBps, "--device-read-bps", bytes)
      blockIO.writeBytesPerSecond = try Self.devices(deviceWriteBps, "--device-write-bps", bytes)
      blockIO.readOperationsPerSecond =
        try Self.devices(deviceReadIops, "--device-read-iops") { Int64($0) }
      blockIO.writeOperationsPerSecond =
        try Self.devices(deviceWriteIops, "--device-write-iops") { Int64($0) }
      return blockIO
    }
  }

  private static func devices(
    _ entries: [String], _ flag: String, _ number: (String) -> Int64?
  ) throws(UsageError) -> [BlockIO.Device] {
    try entries.map { entry throws(UsageError) in
      let halves = entry.split(separator: ":")
      guard halves.count == 2, halves[0].hasPrefix("/"), let value = number(String(halves[1])),
        value >= 0
      else { throw UsageError("\(flag) \(entry): expected /dev/path:NUMBER") }
      return BlockIO.Device(path: String(halves[0]), value: value)
    }
  }

  static func ulimit(_ text: String) throws(UsageError) -> Ulimit {
    let halves = text.split(separator: "=", maxSplits: 1)
    let values = halves.count > 1 ? halves[1].split(separator: ":").map { Int64($0) } : []
    guard (1...2).contains(values.count), let soft = values[0], let hard = values.last ?? nil else {
      throw UsageError("--ulimit \(text): expected name=soft[:hard]")
    }
    // -1 is no limit.
    guard hard == -1 || (soft != -1 && soft <= hard) else {
      throw UsageError("--ulimit \(text): the soft limit is above the hard one")
    }
    return Ulimit(name: String(halves[0]), soft: soft, hard: hard)
  }
}
