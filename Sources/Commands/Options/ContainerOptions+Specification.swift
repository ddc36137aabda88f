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
      try EnvironmentFile(parsing: try readFile($0), named: $0).entries
    }
    // A name that this shell does not have is nothing in a file, and unsets the image's with -e.
    specification.environment =
      try Self.variables(fromFiles, shell: shell).filter { $0.contains("=") }
      + Self.variables(environment, shell: shell)
    let fromLabelFiles = try labelFile.flatMap {
      try EnvironmentFile(parsing: try readFile($0), named: $0).entries.filter { $0.contains("=") }
    }
    specification.labels = try Self.dictionary(fromLabelFiles + labels, "-l")
    specification.workingDirectory = workingDirectory
    specification.user = user
    specification.hostname = hostname
    specification.domainname = domainname
    specification.hasTerminal = tty
    specification.opensStandardInput = interactive
    specification.attachedStreams = attachedStreams
    specification.stopSignal = stopSignal
    specification.stopTimeoutInSeconds = stopTimeout
    specification.healthcheck = try healthcheck
    try attachments.apply(to: &specification)
    try limits.apply(to: &specification.host, readFile: readFile)
    return specification
  }

  /// The streams of `--attach`; nil without it.
  private var attachedStreams: Set<OutputChunk.Stream>? {
    guard !attach.isEmpty else { return nil }
    return Set(
      attach.map { stream in
        switch stream {
        case .input: .standardInput
        case .output: .standardOutput
        case .error: .standardError
        }
      })
  }

  /// The health check that the flags change; nil for the image's.
  private var healthcheck: JSONValue? {
    get throws(UsageError) {
      var check: [String: JSONValue] = [:]
      if let healthCmd { check["Test"] = ["CMD-SHELL", .string(healthCmd)] }
      let spans = [
        ("Interval", healthInterval), ("Timeout", healthTimeout),
        ("StartPeriod", healthStartPeriod), ("StartInterval", healthStartInterval),
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
  static func variables(
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
