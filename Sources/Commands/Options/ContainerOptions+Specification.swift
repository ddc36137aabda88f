import SmartContainers

extension ContainerOptions {
  /// The specification that those flags describe.
  ///
  /// - Parameters:
  ///   - environment: this shell's variables, for `-e NAME`.
  ///   - readFile: reads `--env-file` and `--label-file`.
  func specification(
    image: String, command: [String], environment shell: [String: String],
    readFile: (String) throws -> String
  ) throws -> ContainerSpecification {
    var specification = ContainerSpecification(image: image)
    specification.command = command.isEmpty ? nil : command
    specification.entrypoint = entrypoint.map { $0.isEmpty ? [] : [$0] }
    let fromFiles = try envFile.flatMap {
      try NameValueFile.lines(of: try readFile($0), named: $0)
    }
    // A name that this shell does not have is nothing in a file, and unsets the image's with -e.
    specification.environment =
      try Self.variables(fromFiles, shell: shell).filter { $0.contains("=") }
      + Self.variables(environment, shell: shell)
    let fromLabelFiles = try labelFile.flatMap {
      try NameValueFile.lines(of: try readFile($0), named: $0).filter { $0.contains("=") }
    }
    specification.labels = try Self.dictionary(fromLabelFiles + labels, "-l")
    specification.workingDirectory = workingDirectory
    specification.user = user
    specification.hostname = hostname
    specification.domainname = domainname
    specification.hasTerminal = tty
    specification.opensStandardInput = interactive
    specification.stopSignal = stopSignal
    specification.stopTimeoutInSeconds = stopTimeout
    specification.healthcheck = try healthcheck
    try attachments.apply(to: &specification)
    try limits.apply(to: &specification.host, readFile: readFile)
    return specification
  }

  /// The health check that the flags change; nil for the image's.
  private var healthcheck: JSONValue? {
    get throws(UsageError) {
      var check: [String: JSONValue] = [:]
      if let healthCmd { check["Test"] = ["CMD-SHELL", .string(healthCmd)] }
      let spans = [
        ("Interval", healthInterval), ("Timeout", healthTimeout),
        ("StartPeriod", healthStartPeriod),
      ]
      for (name, span) in spans { check[name] = span.map { .integer($0.nanoseconds) } }
      check["Retries"] = healthRetries.map { .integer($0) }
      guard noHealthcheck else { return check.isEmpty ? nil : .object(check) }
      guard check.isEmpty else {
        throw UsageError("--no-healthcheck: the other --health options make no sense with it")
      }
      return ["Test": ["NONE"]]
    }
  }

  /// Fills in `NAME` from the shell; what the shell does not have stays a name.
  private static func variables(
    _ entries: [String], shell: [String: String]
  ) throws(UsageError) -> [String] {
    try entries.map { entry throws(UsageError) in
      guard !entry.isEmpty, !entry.hasPrefix("=") else {
        throw UsageError("-e \(entry): a variable needs a name")
      }
      guard !entry.contains("="), let value = shell[entry] else { return entry }
      return "\(entry)=\(value)"
    }
  }

  /// `name=value` pairs; a name alone has an empty value.
  static func dictionary(
    _ entries: [String], _ flag: String
  ) throws(UsageError) -> [String: String] {
    var values: [String: String] = [:]
    for entry in entries {
      let halves = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard !halves[0].isEmpty else { throw UsageError("\(flag) \(entry): a name is missing") }
      values[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
    }
    return values
  }
}

/// The lines of `--env-file` and `--label-file`: `name=value`, `#` comments and blank lines.
enum NameValueFile {
  static func lines(of text: String, named name: String) throws(UsageError) -> [String] {
    var lines: [String] = []
    for (number, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let content = line.drop { $0 == " " || $0 == "\t" }
      guard !content.isEmpty, !content.hasPrefix("#") else { continue }
      let variable = content.prefix { $0 != "=" }
      guard !variable.isEmpty, !variable.contains(where: \.isWhitespace) else {
        throw UsageError("\(name), line \(number + 1): \"\(variable)\" is no variable's name")
      }
      lines.append(String(content))
    }
    return lines
  }
}

extension AttachmentOptions {
  func apply(to specification: inout ContainerSpecification) throws {
    for volume in volumes {
      if volume.contains(":") {
        specification.host.binds.append(volume)
      } else {
        specification.volumes.append(volume)
      }
    }
    specification.host.mounts = try mount.map { try MountSpecification($0).json }
    for entry in tmpfs {
      let halves = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      specification.host.tmpfs[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
    }
    specification.host.volumesFrom = volumesFrom
    specification.host.networkMode = network
    specification.networkAliases = networkAlias
    specification.host.portBindings = try publish.flatMap { try PortSpecification($0).bindings }
    specification.host.publishesAllPorts = publishAll
    specification.exposedPorts =
      try expose.flatMap { try PortSpecification($0, flag: "--expose").bindings }
      .map(\.containerPort)
      + specification.host.portBindings.map(\.containerPort)
    specification.host.dns = dns
    specification.host.dnsOptions = dnsOption
    specification.host.dnsSearch = dnsSearch
    specification.host.extraHosts = addHost
    specification.host.devices = device.map(Self.device)
    specification.host.logDriver = logDriver
    specification.host.logOptions = try ContainerOptions.dictionary(logOpt, "--log-opt")
  }

  private static func device(_ text: String) -> JSONValue {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let rights = fields.last.flatMap { field in
      fields.count > 1 && !field.isEmpty && field.allSatisfy { "rwm".contains($0) } ? field : nil
    }
    let hasInside = fields.count > (rights == nil ? 1 : 2)
    return [
      "PathOnHost": .string(fields.first ?? ""),
      "PathInContainer": .string((hasInside ? fields[1] : fields.first) ?? ""),
      "CgroupPermissions": .string(rights ?? "rwm"),
    ]
  }
}

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

  private static func ulimit(_ text: String) throws(UsageError) -> Ulimit {
    let halves = text.split(separator: "=", maxSplits: 1)
    let values = halves.count > 1 ? halves[1].split(separator: ":").map { Int64($0) } : []
    guard (1...2).contains(values.count), let soft = values[0], let hard = values.last ?? nil else {
      throw UsageError("--ulimit \(text): expected name=soft[:hard]")
    }
    return Ulimit(name: String(halves[0]), soft: soft, hard: hard)
  }
}
