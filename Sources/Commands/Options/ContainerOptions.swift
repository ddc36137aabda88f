import Arguments

/// Docker's flags of `create` and `run`: what the container is.
struct ContainerOptions {
  let name: String?
  let environment: [String]
  let envFile: [String]
  let labels: [String]
  let labelFile: [String]
  let workingDirectory: String?
  let user: String?
  let entrypoint: String?
  let hostname: String?
  let domainname: String?
  let interactive: Bool
  let tty: Bool
  let stopSignal: String?
  let stopTimeout: Int64?
  let platform: String?
  let healthCmd: String?
  let healthInterval: EngineDuration?
  let healthTimeout: EngineDuration?
  let healthStartPeriod: EngineDuration?
  let healthRetries: Int64?
  let noHealthcheck: Bool
  let attachments: AttachmentOptions
  let limits: LimitOptions

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    name = try arguments.option("name", value: "name", help: "Give the container a name.")
    environment = try arguments.options(
      "env", "e", value: "name=value",
      help: "Set an environment variable; NAME alone takes the value of this shell.")
    envFile = try arguments.options(
      "env-file", value: "file", help: "Read environment variables from a file.")
    labels = try arguments.options("label", "l", value: "name=value", help: "Set a label.")
    labelFile = try arguments.options("label-file", value: "file", help: "Read labels from a file.")
    workingDirectory = try arguments.option(
      "workdir", "w", value: "path", help: "Start in this folder of the container.")
    user = try arguments.option("user", "u", value: "user[:group]", help: "Run as this user.")
    entrypoint = try arguments.option(
      "entrypoint", value: "command", help: "Replace the image's entry point; empty resets it.")
    hostname = try arguments.option(
      "hostname", "h", value: "hostname", help: "Give the container a host name.")
    domainname = try arguments.option(
      "domainname", value: "domainname", help: "Give the container a domain name.")
    interactive = arguments.flag("interactive", "i", help: "Keep standard input open.")
    tty = arguments.flag("tty", "t", help: "Allocate a terminal.")
    stopSignal = try arguments.option(
      "stop-signal", value: "stop-signal", help: "The signal that stops the container.")
    stopTimeout = try arguments.option(
      "stop-timeout", value: "seconds", help: "Wait so long before killing it.")
    platform = try arguments.option("platform", value: "os/arch", help: "The image's platform.")
    healthCmd = try arguments.option(
      "health-cmd", value: "command", help: "Check the container's health by this command.")
    healthInterval = try arguments.option(
      "health-interval", value: "30s", help: "The time between two checks of the health.")
    healthTimeout = try arguments.option(
      "health-timeout", value: "30s", help: "How long a check may take.")
    healthStartPeriod = try arguments.option(
      "health-start-period", value: "30s", help: "The time before failures count.")
    healthRetries = try arguments.option(
      "health-retries", value: "number", help: "How many failures in a row make it unhealthy.")
    noHealthcheck = arguments.flag("no-healthcheck", help: "Turn the image's health check off.")
    arguments.section("Storage and network options")
    attachments = try AttachmentOptions(&arguments)
    arguments.section("Limits and privileges")
    limits = try LimitOptions(&arguments)
  }
}

/// Docker's flags for what a container is connected to.
struct AttachmentOptions {
  let volumes: [String]
  let mount: [String]
  let tmpfs: [String]
  let volumesFrom: [String]
  let network: String?
  let networkAlias: [String]
  let publish: [String]
  let publishAll: Bool
  let expose: [String]
  let dns: [String]
  let dnsOption: [String]
  let dnsSearch: [String]
  let addHost: [String]
  let device: [String]
  let logDriver: String?
  let logOpt: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    volumes = try arguments.options(
      "volume", "v", value: "source:path[:ro]", help: "Mount a folder or a volume.")
    mount = try arguments.options(
      "mount", value: "type=bind,source=…,target=…[,readonly]", help: "Mount in the long form.")
    tmpfs = try arguments.options("tmpfs", value: "path[:options]", help: "Mount memory at a path.")
    volumesFrom = try arguments.options(
      "volumes-from", value: "container[:ro]", help: "Mount the volumes of a container.")
    network = try arguments.option(
      "network", "net", value: "network",
      help: "Connect to this network: bridge, host, none or a name.")
    networkAlias = try arguments.options(
      "network-alias", value: "network-alias", help: "Another name of the container in its network."
    )
    publish = try arguments.options(
      "publish", "p", value: "[address:][port:]port[/tcp]", help: "Publish a port.")
    publishAll = arguments.flag(
      "publish-all", "P", help: "Publish every exposed port at a free one.")
    expose = try arguments.options("expose", value: "port[/tcp]", help: "Expose a port.")
    dns = try arguments.options("dns", value: "dns", help: "Ask this name server.")
    dnsOption = try arguments.options(
      "dns-option", value: "dns-option", help: "Set an option of the resolver.")
    dnsSearch = try arguments.options(
      "dns-search", value: "dns-search", help: "Search this domain.")
    addHost = try arguments.options(
      "add-host", value: "host:address", help: "Add a line to /etc/hosts.")
    device = try arguments.options(
      "device", value: "path[:path[:rwm]]", help: "Add a device of the host.")
    logDriver = try arguments.option("log-driver", value: "log-driver", help: "The log driver.")
    logOpt = try arguments.options(
      "log-opt", value: "name=value", help: "An option of the log driver.")
  }
}

/// Docker's flags for what a container may use.
struct LimitOptions {
  let memory: ByteSize?
  let memorySwap: ByteSize?
  let memoryReservation: ByteSize?
  let cpus: Double?
  let cpuShares: Int64?
  let cpusetCpus: String?
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
