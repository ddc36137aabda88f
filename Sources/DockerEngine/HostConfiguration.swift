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
    body["Tmpfs"] = tmpfs.isEmpty ? nil : .object(tmpfs.mapValues { .string($0) })
    body["VolumesFrom"] = JSONBody.nonempty(volumesFrom)
    body["Devices"] = devices.isEmpty ? nil : .array(devices)
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
    ]
    for (name, value) in numbers { body[name] = value.map { .integer($0) } }
    body["CpusetCpus"] = cpusetCPUs.map { .string($0) }
    guard !ulimits.isEmpty else { return }
    body["Ulimits"] = .array(
      ulimits.map {
        ["Name": .string($0.name), "Soft": .integer($0.soft), "Hard": .integer($0.hard)]
      })
  }

  private func addSecurity(to body: inout JSONBody) {
    body["Privileged"] = isPrivileged ? true : nil
    body["ReadonlyRootfs"] = hasReadOnlyRoot ? true : nil
    body["CapAdd"] = JSONBody.nonempty(addedCapabilities)
    body["CapDrop"] = JSONBody.nonempty(droppedCapabilities)
    body["GroupAdd"] = JSONBody.nonempty(addedGroups)
    body["SecurityOpt"] = JSONBody.nonempty(securityOptions)
    body["Sysctls"] = sysctls.isEmpty ? nil : .object(sysctls.mapValues { .string($0) })
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
}
