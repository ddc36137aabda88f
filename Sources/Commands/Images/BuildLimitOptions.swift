import Arguments
import SmartContainers

/// Docker's flags for what the commands of a build may use.
struct BuildLimitOptions {
  let memory: ByteSize?
  let memorySwap: ByteSize?
  let cpuShares: Int64?
  let cpuPeriod: Int64?
  let cpuQuota: Int64?
  let cpusetCpus: String?
  let cpusetMems: String?
  let shmSize: ByteSize?
  let ulimit: [String]
  let securityOpt: [String]
  let cgroupParent: String?
  let squash: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    memory = try arguments.option("memory", "m", value: "bytes", help: "Limit the memory.")
    memorySwap = try arguments.option(
      "memory-swap", value: "bytes", help: "Limit memory and swap together.")
    cpuShares = try arguments.option(
      "cpu-shares", "c", value: "number", help: "The relative weight against others.")
    cpuPeriod = try arguments.option(
      "cpu-period", value: "microseconds", help: "The scheduler's period.")
    cpuQuota = try arguments.option(
      "cpu-quota", value: "microseconds", help: "The processor time within a period.")
    cpusetCpus = try arguments.option(
      "cpuset-cpus", value: "processors", help: "The processors to run on: 0-2,4.")
    cpusetMems = try arguments.option(
      "cpuset-mems", value: "nodes", help: "The memory nodes to use: 0-1.")
    shmSize = try arguments.option("shm-size", value: "bytes", help: "The size of /dev/shm.")
    ulimit = try arguments.options(
      "ulimit", value: "name=soft[:hard]", help: "Set a limit of processes.")
    securityOpt = try arguments.options(
      "security-opt", value: "option", help: "Set a security option.")
    cgroupParent = try arguments.option("cgroup-parent", value: "name", help: "The parent cgroup.")
    squash = arguments.flag("squash", help: "Make one layer of all; experimental.")
  }

  func apply(to options: inout BuildOptions) throws {
    options.memoryInBytes = memory?.bytes
    options.memorySwapInBytes = memorySwap?.bytes
    options.cpuShares = cpuShares
    options.cpuPeriodInMicroseconds = cpuPeriod
    options.cpuQuotaInMicroseconds = cpuQuota
    options.cpusetCPUs = cpusetCpus
    options.cpusetMemoryNodes = cpusetMems
    options.sharedMemoryInBytes = shmSize?.bytes
    options.ulimits = try ulimit.map { try LimitOptions.ulimit($0) }
    options.securityOptions = securityOpt
    options.cgroupParent = cgroupParent
    options.squashes = squash
  }
}
