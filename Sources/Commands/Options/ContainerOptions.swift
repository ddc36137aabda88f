import Arguments
import SmartContainers

/// Docker's flags of `create` and `run`: what the container is.
struct ContainerOptions {
  let name: String?
  let cidfile: String?
  let environment: [String]
  let envFile: [String]
  let labels: [String]
  let labelFile: [String]
  let workingDirectory: String?
  let user: String?
  let entrypoint: String?
  let hostname: String?
  let domainname: String?
  let attach: [StandardStream]
  let interactive: Bool
  let tty: Bool
  let stopSignal: String?
  let stopTimeout: Int64?
  let platform: String?
  let pull: ImagePulling.Policy?
  let healthCmd: String?
  let healthInterval: EngineDuration?
  let healthTimeout: EngineDuration?
  let healthStartPeriod: EngineDuration?
  let healthStartInterval: EngineDuration?
  let healthRetries: Int64?
  let noHealthcheck: Bool
  let attachments: AttachmentOptions
  let limits: LimitOptions

  /// - Parameter letterI: what `-i` means besides.
  init(
    _ arguments: inout ArgumentReader, letterI: Declarations.Alternative? = nil
  ) throws(ArgumentError) {
    name = try arguments.option("name", value: "name", help: "Give the container a name.")
    cidfile = try arguments.option(
      "cidfile", value: "file", help: "Write the container's id to a new file.")
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
    attach = try arguments.options(
      "attach", "a", value: "stream", help: "Attach to this stream only: stdin, stdout, stderr.")
    interactive = arguments.flag(
      "interactive", "i", help: "Keep standard input open.", unless: letterI)
    tty = arguments.flag("tty", "t", help: "Allocate a terminal.")
    stopSignal = try arguments.option(
      "stop-signal", value: "stop-signal", help: "The signal that stops the container.")
    stopTimeout = try arguments.option(
      "stop-timeout", value: "seconds", help: "Wait so long before killing it.")
    platform = try arguments.option("platform", value: "os/arch", help: "The image's platform.")
    pull = try arguments.option(
      "pull", value: "when", help: "Pull the image before; without it when it is missing.")
    healthCmd = try arguments.option(
      "health-cmd", value: "command", help: "Check the container's health by this command.")
    healthInterval = try arguments.option(
      "health-interval", value: "30s", help: "The time between two checks of the health.")
    healthTimeout = try arguments.option(
      "health-timeout", value: "30s", help: "How long a check may take.")
    healthStartPeriod = try arguments.option(
      "health-start-period", value: "30s", help: "The time before failures count.")
    healthStartInterval = try arguments.option(
      "health-start-interval", value: "5s", help: "The time between two checks until then.")
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
  let volumeDriver: String?
  let link: [String]
  let ip: String?
  let ip6: String?
  let linkLocalIP: [String]
  let macAddress: String?
  let annotation: [String]

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
    volumeDriver = try arguments.option(
      "volume-driver", value: "driver", help: "The driver of the volumes made for it.")
    link = try arguments.options(
      "link", value: "container[:alias]", help: "Let its network know a container by name.")
    ip = try arguments.option("ip", value: "address", help: "Its IPv4 address in the network.")
    ip6 = try arguments.option("ip6", value: "address", help: "Its IPv6 address in the network.")
    linkLocalIP = try arguments.options(
      "link-local-ip", value: "address", help: "Its link-local address.")
    macAddress = try arguments.option("mac-address", value: "address", help: "Its MAC address.")
    annotation = try arguments.options(
      "annotation", value: "name=value", help: "Metadata for the runtime.")
    logDriver = try arguments.option("log-driver", value: "log-driver", help: "The log driver.")
    logOpt = try arguments.options(
      "log-opt", value: "name=value", help: "An option of the log driver.")
  }
}
