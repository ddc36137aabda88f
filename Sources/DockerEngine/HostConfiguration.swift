import Canonical

/// The part of a container's configuration that depends on the engine's host.
///
/// Source: Engine API 1.41, POST /containers/create, HostConfig.
public struct HostConfiguration: Sendable, Equatable {
  /// `host path or volume name:container path[:options]`.
  public var binds: [String] = []

  /// Mounts in the long form.
  public var mounts: [JSONValue] = []

  /// `bridge`, `host`, `none`, `container:<id>` or a network's name; nil for the default.
  public var networkMode: String?
  public var portBindings: [PortBinding] = []

  /// Whether every exposed port gets a port of the host.
  public var publishesAllPorts = false

  /// `no`, `always`, `unless-stopped`, `on-failure`.
  public var restartPolicy: String?

  /// How often `on-failure` tries.
  public var restartMaximum: Int64?
  public var memoryInBytes: Int64?

  /// Memory and swap together in bytes; -1 for unlimited swap.
  public var memorySwapInBytes: Int64?
  public var memoryReservationInBytes: Int64?

  /// Processor time in 1e-9 processors.
  public var nanoCPUs: Int64?

  /// Relative weight against other containers.
  public var cpuShares: Int64?

  /// Processors to run on: `0-2,4`.
  public var cpusetCPUs: String?

  /// Memory nodes to take memory from: `0-1`.
  public var cpusetMemoryNodes: String?

  /// The period of the completely fair scheduler, and the processor time within it, in 1e-6 s.
  public var cpuPeriodInMicroseconds: Int64?
  public var cpuQuotaInMicroseconds: Int64?

  /// The same for processes of real-time priority.
  public var cpuRealtimePeriodInMicroseconds: Int64?
  public var cpuRealtimeRuntimeInMicroseconds: Int64?

  /// How readily memory is swapped out: 0 to 100, -1 for the host's.
  public var memorySwappiness: Int64?

  /// Whether processes outlive a lack of memory; nil for the engine's default.
  public var isOutOfMemoryKillDisabled: Bool?

  /// How readily the kernel kills it when the host lacks memory: -1000 to 1000.
  public var outOfMemoryScoreAdjustment: Int64?

  /// Limits of devices.
  public var blockIO = BlockIO()
  public var pidsLimit: Int64?
  public var sharedMemoryInBytes: Int64?
  public var isPrivileged = false
  public var hasReadOnlyRoot = false

  /// Whether an init process reaps zombies; nil for the engine's default.
  public var usesInit: Bool?
  public var addedCapabilities: [String] = []
  public var droppedCapabilities: [String] = []
  public var addedGroups: [String] = []
  public var dns: [String] = []
  public var dnsOptions: [String] = []
  public var dnsSearch: [String] = []

  /// `host:address`.
  public var extraHosts: [String] = []

  /// Paths in memory, with mount options.
  public var tmpfs: [String: String] = [:]

  /// Containers whose volumes are mounted: `id[:ro]`.
  public var volumesFrom: [String] = []
  public var securityOptions: [String] = []
  public var sysctls: [String: String] = [:]

  /// Limits by name, soft and hard.
  public var ulimits: [Ulimit] = []
  public var devices: [JSONValue] = []

  /// Rules for devices that are not there yet: `c 42:* rwm`.
  public var deviceCgroupRules: [String] = []

  /// Devices that a driver hands out, GPUs, as the Engine API writes them.
  public var deviceRequests: [JSONValue] = []

  /// Options of the storage driver: `size=120G`.
  public var storageOptions: [String: String] = [:]

  /// The driver of the volumes that are made for it.
  public var volumeDriver: String?

  /// Containers that its network knows by name: `container:alias`.
  public var links: [String] = []

  /// Metadata for the OCI runtime; since API 1.43.
  public var annotations: [String: String] = [:]
  public var cgroupParent: String?

  /// `host` or `private`; nil for the engine's default.
  public var cgroupNamespaceMode: String?
  public var ipcMode: String?
  public var pidMode: String?
  public var utsMode: String?
  public var usernsMode: String?
  public var runtime: String?
  public var logDriver: String?
  public var logOptions: [String: String] = [:]

  public init() {}

  /// The member `HostConfig` of the request body.
  var json: JSONValue {
    var body = JSONBody()
    addNetwork(to: &body)
    addLimits(to: &body)
    addSecurity(to: &body)
    body["Binds"] = JSONBody.nonempty(binds)
    body["Mounts"] = mounts.isEmpty ? nil : .array(mounts)
    body["Tmpfs"] = JSONBody.nonempty(tmpfs)
    body["VolumesFrom"] = JSONBody.nonempty(volumesFrom)
    body["VolumeDriver"] = volumeDriver.map { .string($0) }
    body["StorageOpt"] = JSONBody.nonempty(storageOptions)
    body["Devices"] = devices.isEmpty ? nil : .array(devices)
    body["DeviceCgroupRules"] = JSONBody.nonempty(deviceCgroupRules)
    body["DeviceRequests"] = deviceRequests.isEmpty ? nil : .array(deviceRequests)
    body["Annotations"] = JSONBody.nonempty(annotations)
    body["Runtime"] = runtime.map { .string($0) }
    body["Init"] = usesInit.map { .bool($0) }
    if let restartPolicy {
      body["RestartPolicy"] = [
        "Name": .string(restartPolicy), "MaximumRetryCount": .integer(restartMaximum ?? 0),
      ]
    }
    if logDriver != nil || !logOptions.isEmpty {
      body["LogConfig"] = [
        "Type": .string(logDriver ?? ""), "Config": .object(logOptions.mapValues { .string($0) }),
      ]
    }
    return body.json
  }

  private func addNetwork(to body: inout JSONBody) {
    body["NetworkMode"] = networkMode.map { .string($0) }
    body["PublishAllPorts"] = publishesAllPorts ? true : nil
    body["Dns"] = JSONBody.nonempty(dns)
    body["DnsOptions"] = JSONBody.nonempty(dnsOptions)
    body["DnsSearch"] = JSONBody.nonempty(dnsSearch)
    body["ExtraHosts"] = JSONBody.nonempty(extraHosts)
    body["Links"] = JSONBody.nonempty(links)
    guard !portBindings.isEmpty else { return }
    let grouped = Dictionary(grouping: portBindings, by: \.containerPort)
    body["PortBindings"] = .object(
      grouped.mapValues { bindings in
        .array(
          bindings.map {
            ["HostIp": .string($0.hostAddress), "HostPort": .string($0.hostPort)]
          })
      })
  }

  private func addLimits(to body: inout JSONBody) {
    let numbers: [(String, Int64?)] = [
      ("Memory", memoryInBytes), ("MemorySwap", memorySwapInBytes),
      ("MemoryReservation", memoryReservationInBytes), ("NanoCpus", nanoCPUs),
      ("CpuShares", cpuShares), ("PidsLimit", pidsLimit), ("ShmSize", sharedMemoryInBytes),
      ("CpuPeriod", cpuPeriodInMicroseconds), ("CpuQuota", cpuQuotaInMicroseconds),
      ("CpuRealtimePeriod", cpuRealtimePeriodInMicroseconds),
      ("CpuRealtimeRuntime", cpuRealtimeRuntimeInMicroseconds),
      ("MemorySwappiness", memorySwappiness), ("OomScoreAdj", outOfMemoryScoreAdjustment),
    ]
    for (name, value) in numbers { body[name] = value.map { .integer($0) } }
    body["CpusetCpus"] = cpusetCPUs.map { .string($0) }
    body["CpusetMems"] = cpusetMemoryNodes.map { .string($0) }
    body["OomKillDisable"] = isOutOfMemoryKillDisabled.map { .bool($0) }
    blockIO.add(to: &body)
    guard !ulimits.isEmpty else { return }
    body["Ulimits"] = .array(ulimits.map(\.json))
  }

  private func addSecurity(to body: inout JSONBody) {
    body["Privileged"] = isPrivileged ? true : nil
    body["ReadonlyRootfs"] = hasReadOnlyRoot ? true : nil
    body["CapAdd"] = JSONBody.nonempty(addedCapabilities)
    body["CapDrop"] = JSONBody.nonempty(droppedCapabilities)
    body["GroupAdd"] = JSONBody.nonempty(addedGroups)
    body["SecurityOpt"] = JSONBody.nonempty(securityOptions)
    body["Sysctls"] = JSONBody.nonempty(sysctls)
    body["CgroupParent"] = cgroupParent.map { .string($0) }
    body["CgroupnsMode"] = cgroupNamespaceMode.map { .string($0) }
    body["IpcMode"] = ipcMode.map { .string($0) }
    body["PidMode"] = pidMode.map { .string($0) }
    body["UTSMode"] = utsMode.map { .string($0) }
    body["UsernsMode"] = usernsMode.map { .string($0) }
  }
}

/// A port of the host that leads to one of a container.
public struct PortBinding: Sendable, Hashable {
  /// `80/tcp`.
  public var containerPort: String

  /// The host's address; empty for all.
  public var hostAddress: String

  /// The host's port or range; empty for any free one.
  public var hostPort: String

  public init(containerPort: String, hostAddress: String = "", hostPort: String = "") {
    self.containerPort = containerPort
    self.hostAddress = hostAddress
    self.hostPort = hostPort
  }
}

/// A resource limit of processes (setrlimit(2)).
public struct Ulimit: Sendable, Hashable {
  /// `nofile`, `nproc` …
  public var name: String
  public var soft: Int64
  public var hard: Int64

  public init(name: String, soft: Int64, hard: Int64) {
    self.name = name
    self.soft = soft
    self.hard = hard
  }

  var json: JSONValue {
    ["Name": .string(name), "Soft": .integer(soft), "Hard": .integer(hard)]
  }
}
