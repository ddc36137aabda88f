import ArgumentParser

/// Docker's flags of `create` and `run`: what the container is.
struct ContainerOptions: ParsableArguments {
  @Option(help: "Give the container a name.")
  var name: String?

  @Option(
    name: [.customShort("e"), .customLong("env")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Set an environment variable; NAME alone takes the value of this shell.",
      valueName: "name=value"))
  var environment: [String] = []

  @Option(help: ArgumentHelp("Read environment variables from a file.", valueName: "file"))
  var envFile: [String] = []

  @Option(
    name: [.customShort("l"), .customLong("label")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set a label.", valueName: "name=value"))
  var labels: [String] = []

  @Option(help: ArgumentHelp("Read labels from a file.", valueName: "file"))
  var labelFile: [String] = []

  @Option(
    name: [.customShort("w"), .customLong("workdir")],
    help: ArgumentHelp("Start in this folder of the container.", valueName: "path"))
  var workingDirectory: String?

  @Option(
    name: [.customShort("u"), .customLong("user")],
    help: ArgumentHelp("Run as this user.", valueName: "user[:group]"))
  var user: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Replace the image's entry point; empty resets it.", valueName: "command"))
  var entrypoint: String?

  @Option(
    name: [.customShort("h"), .customLong("hostname")],
    help: "Give the container a host name.")
  var hostname: String?

  @Option(help: "Give the container a domain name.")
  var domainname: String?

  @Flag(name: .shortAndLong, help: "Keep standard input open.")
  var interactive = false

  @Flag(name: .shortAndLong, help: "Allocate a terminal.")
  var tty = false

  @Option(help: "The signal that stops the container.")
  var stopSignal: String?

  @Option(help: ArgumentHelp("Wait so long before killing it.", valueName: "seconds"))
  var stopTimeout: Int64?

  @Option(help: ArgumentHelp("The image's platform.", valueName: "os/arch"))
  var platform: String?

  @Option(help: ArgumentHelp("Check the container's health by this command.", valueName: "command"))
  var healthCmd: String?

  @Option(help: ArgumentHelp("The time between two checks of the health.", valueName: "30s"))
  var healthInterval: EngineDuration?

  @Option(help: ArgumentHelp("How long a check may take.", valueName: "30s"))
  var healthTimeout: EngineDuration?

  @Option(help: ArgumentHelp("The time before failures count.", valueName: "30s"))
  var healthStartPeriod: EngineDuration?

  @Option(help: ArgumentHelp("How many failures in a row make it unhealthy.", valueName: "number"))
  var healthRetries: Int64?

  @Flag(help: "Turn the image's health check off.")
  var noHealthcheck = false

  @OptionGroup(title: "Storage and network options")
  var attachments: AttachmentOptions

  @OptionGroup(title: "Limits and privileges")
  var limits: LimitOptions
}

/// Docker's flags for what a container is connected to.
struct AttachmentOptions: ParsableArguments {
  @Option(
    name: [.customShort("v"), .customLong("volume")],
    help: ArgumentHelp("Mount a folder or a volume.", valueName: "source:path[:ro]"))
  var volumes: [String] = []

  @Option(
    help: ArgumentHelp(
      "Mount in the long form.", valueName: "type=bind,source=…,target=…[,readonly]"))
  var mount: [String] = []

  @Option(help: ArgumentHelp("Mount memory at a path.", valueName: "path[:options]"))
  var tmpfs: [String] = []

  @Option(help: ArgumentHelp("Mount the volumes of a container.", valueName: "container[:ro]"))
  var volumesFrom: [String] = []

  @Option(
    name: [.customLong("network"), .customLong("net")],
    help: "Connect to this network: bridge, host, none or a name.")
  var network: String?

  @Option(help: "Another name of the container in its network.")
  var networkAlias: [String] = []

  @Option(
    name: [.customShort("p"), .customLong("publish")],
    help: ArgumentHelp("Publish a port.", valueName: "[address:][port:]port[/tcp]"))
  var publish: [String] = []

  @Flag(
    name: [.customShort("P"), .customLong("publish-all")],
    help: "Publish every exposed port at a free one.")
  var publishAll = false

  @Option(help: ArgumentHelp("Expose a port.", valueName: "port[/tcp]"))
  var expose: [String] = []

  @Option(help: "Ask this name server.")
  var dns: [String] = []

  @Option(help: "Set an option of the resolver.")
  var dnsOption: [String] = []

  @Option(help: "Search this domain.")
  var dnsSearch: [String] = []

  @Option(help: ArgumentHelp("Add a line to /etc/hosts.", valueName: "host:address"))
  var addHost: [String] = []

  @Option(help: ArgumentHelp("Add a device of the host.", valueName: "path[:path[:rwm]]"))
  var device: [String] = []

  @Option(help: "The log driver.")
  var logDriver: String?

  @Option(help: ArgumentHelp("An option of the log driver.", valueName: "name=value"))
  var logOpt: [String] = []

  init() {}
}

/// Docker's flags for what a container may use.
struct LimitOptions: ParsableArguments {
  @Option(
    name: [.customShort("m"), .customLong("memory")],
    help: ArgumentHelp("Limit the memory: 512m, 2g.", valueName: "bytes"))
  var memory: ByteSize?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Limit memory and swap together; -1 for any swap.", valueName: "bytes"))
  var memorySwap: ByteSize?

  @Option(help: ArgumentHelp("A soft memory limit.", valueName: "bytes"))
  var memoryReservation: ByteSize?

  @Option(help: ArgumentHelp("Limit the processors: 1.5.", valueName: "number"))
  var cpus: Double?

  @Option(
    name: [.customShort("c"), .customLong("cpu-shares")],
    help: "The relative weight against other containers.")
  var cpuShares: Int64?

  @Option(help: "The processors to run on: 0-2,4.")
  var cpusetCpus: String?

  @Option(parsing: .unconditional, help: "Limit the number of processes.")
  var pidsLimit: Int64?

  @Option(help: ArgumentHelp("The size of /dev/shm.", valueName: "bytes"))
  var shmSize: ByteSize?

  @Option(help: ArgumentHelp("Set a limit of processes.", valueName: "name=soft[:hard]"))
  var ulimit: [String] = []

  @Option(help: ArgumentHelp("When to start it again.", valueName: "no|always|on-failure[:n]|…"))
  var restart: String?

  @Flag(help: "Give the container all rights of the host.")
  var privileged = false

  @Flag(help: "Mount the root file system read-only.")
  var readOnly = false

  @Flag(name: .customLong("init"), help: "Run an init that reaps zombies.")
  var usesInit = false

  @Option(help: "Add a capability.")
  var capAdd: [String] = []

  @Option(help: "Drop a capability.")
  var capDrop: [String] = []

  @Option(help: "Add a group.")
  var groupAdd: [String] = []

  @Option(help: "Set a security option.")
  var securityOpt: [String] = []

  @Option(help: ArgumentHelp("Set a kernel parameter.", valueName: "name=value"))
  var sysctl: [String] = []

  @Option(help: "The IPC namespace.")
  var ipc: String?

  @Option(help: "The process namespace.")
  var pid: String?

  @Option(help: "The host name's namespace.")
  var uts: String?

  @Option(help: "The user namespace.")
  var userns: String?

  @Option(help: "The OCI runtime.")
  var runtime: String?

  init() {}
}
