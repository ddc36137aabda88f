import Arguments

/// Docker's flags for what a container may use.
struct LimitOptions {
  let memory: ByteSize?
  let memorySwap: ByteSize?
  let memoryReservation: ByteSize?
  let cpus: Double?
  let cpuShares: Int64?
  let cpusetCpus: String?
  let cpusetMems: String?
  let cpuPeriod: Int64?
  let cpuQuota: Int64?
  let cpuRealtimePeriod: Int64?
  let cpuRealtimeRuntime: Int64?
  let memorySwappiness: Int64?
  let oomKillDisable: Bool
  let oomScoreAdj: Int64?
  let blkioWeight: Int64?
  let blkioWeightDevice: [String]
  let deviceReadBps: [String]
  let deviceWriteBps: [String]
  let deviceReadIops: [String]
  let deviceWriteIops: [String]
  let deviceCgroupRule: [String]
  let gpus: String?
  let storageOpt: [String]
  let cgroupParent: String?
  let cgroupns: String?
  let pidsLimit: Int64?
  let shmSize: ByteSize?
  let ulimit: [String]
  let restart: String?
  let privileged: Bool
  let readOnly: Bool
  let usesInit: Bool
  let capAdd: [String]
  let capDrop: [String]
  let groupAdd: [String]
  let securityOpt: [String]
  let sysctl: [String]
  let ipc: String?
  let pid: String?
  let uts: String?
  let userns: String?
  let runtime: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    memory = try arguments.option(
      "memory", "m", value: "bytes", help: "Limit the memory: 512m, 2g.")
    memorySwap = try arguments.option(
      "memory-swap", value: "bytes", help: "Limit memory and swap together; -1 for any swap.")
    memoryReservation = try arguments.option(
      "memory-reservation", value: "bytes", help: "A soft memory limit.")
    cpus = try arguments.option("cpus", value: "number", help: "Limit the processors: 1.5.")
    cpuShares = try arguments.option(
      "cpu-shares", "c", value: "cpu-shares", help: "The relative weight against other containers.")
    cpusetCpus = try arguments.option(
      "cpuset-cpus", value: "cpuset-cpus", help: "The processors to run on: 0-2,4.")
    cpusetMems = try arguments.option(
      "cpuset-mems", value: "nodes", help: "The memory nodes to use: 0-1.")
    cpuPeriod = try arguments.option(
      "cpu-period", value: "microseconds", help: "The scheduler's period.")
    cpuQuota = try arguments.option(
      "cpu-quota", value: "microseconds", help: "The processor time within a period.")
    cpuRealtimePeriod = try arguments.option(
      "cpu-rt-period", value: "microseconds", help: "The period of real-time processes.")
    cpuRealtimeRuntime = try arguments.option(
      "cpu-rt-runtime", value: "microseconds", help: "Their processor time within a period.")
    memorySwappiness = try arguments.option(
      "memory-swappiness", value: "0-100", help: "How readily memory is swapped out.")
    oomKillDisable = arguments.flag("oom-kill-disable", help: "Outlive a lack of memory.")
    oomScoreAdj = try arguments.option(
      "oom-score-adj", value: "-1000-1000", help: "How readily the host kills it for memory.")
    blkioWeight = try arguments.option(
      "blkio-weight", value: "10-1000", help: "The weight of its block I/O; 0 for none.")
    blkioWeightDevice = try arguments.options(
      "blkio-weight-device", value: "path:weight", help: "The same for a device.")
    deviceReadBps = try arguments.options(
      "device-read-bps", value: "path:bytes", help: "Limit reads in bytes a second: 1mb.")
    deviceWriteBps = try arguments.options(
      "device-write-bps", value: "path:bytes", help: "Limit writes in bytes a second.")
    deviceReadIops = try arguments.options(
      "device-read-iops", value: "path:number", help: "Limit reads in operations a second.")
    deviceWriteIops = try arguments.options(
      "device-write-iops", value: "path:number", help: "Limit writes in operations a second.")
    deviceCgroupRule = try arguments.options(
      "device-cgroup-rule", value: "rule", help: "Allow devices by a rule: c 42:* rwm.")
    gpus = try arguments.option("gpus", value: "all|number|…", help: "Add GPUs.")
    storageOpt = try arguments.options(
      "storage-opt", value: "name=value", help: "Set an option of the storage driver.")
    cgroupParent = try arguments.option("cgroup-parent", value: "name", help: "The parent cgroup.")
    cgroupns = try arguments.option(
      "cgroupns", value: "host|private", help: "The cgroup namespace.")
    pidsLimit = try arguments.option(
      "pids-limit", value: "pids-limit", help: "Limit the number of processes.")
    shmSize = try arguments.option("shm-size", value: "bytes", help: "The size of /dev/shm.")
    ulimit = try arguments.options(
      "ulimit", value: "name=soft[:hard]", help: "Set a limit of processes.")
    restart = try arguments.option(
      "restart", value: "no|always|on-failure[:n]|…", help: "When to start it again.")
    privileged = arguments.flag("privileged", help: "Give the container all rights of the host.")
    readOnly = arguments.flag("read-only", help: "Mount the root file system read-only.")
    usesInit = arguments.flag("init", help: "Run an init that reaps zombies.")
    capAdd = try arguments.options("cap-add", value: "cap-add", help: "Add a capability.")
    capDrop = try arguments.options("cap-drop", value: "cap-drop", help: "Drop a capability.")
    groupAdd = try arguments.options("group-add", value: "group-add", help: "Add a group.")
    securityOpt = try arguments.options(
      "security-opt", value: "security-opt", help: "Set a security option.")
    sysctl = try arguments.options("sysctl", value: "name=value", help: "Set a kernel parameter.")
    ipc = try arguments.option("ipc", value: "ipc", help: "The IPC namespace.")
    pid = try arguments.option("pid", value: "pid", help: "The process namespace.")
    uts = try arguments.option("uts", value: "uts", help: "The host name's namespace.")
    userns = try arguments.option("userns", value: "userns", help: "The user namespace.")
    runtime = try arguments.option("runtime", value: "runtime", help: "The OCI runtime.")
  }
}
