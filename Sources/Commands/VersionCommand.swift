import Arguments
import SmartContainers

/// `sc version`.
struct VersionCommand: SmartCommand {
  static let description = CommandDescription(
    "version", abstract: "Show the versions of sc, its libraries, the host and the engine.",
    discussion: """
      Examples:
        $ sc version
        $ sc version --json
      """,
    parser: VersionCommand.init)

  let global: GlobalOptions
  let json: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write one JSON object.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let terminal = invocation.terminal
    if !json { try writeOwn(terminal) }
    let version: EngineVersion
    do {
      version = try await Client.engineVersion(try invocation.places())
    } catch {
      if json { try terminal.write(Self.json(engine: .null)) }
      throw error
    }
    if json { return try terminal.write(Self.json(engine: version.json)) }
    try terminal.writeLine(
      PlainText.sanitize("engine \(version.product) \(version.version ?? "unknown")"))
    if let api = version.apiVersion, let oldest = version.minimumAPIVersion {
      try terminal.writeLine("  API \(api), oldest \(oldest)")
    }
    try terminal.writeLine(
      PlainText.sanitize(
        "  \(version.operatingSystem ?? "?")/\(version.architecture ?? "?"), "
          + "kernel \(version.kernelVersion ?? "?")"))
  }

  /// What is here, whether or not there is an engine.
  private func writeOwn(_ terminal: Terminal) throws {
    let libraries = Libraries.versions.sorted { $0.key < $1.key }
    let machine = Machine()
    try terminal.writeLine("sc \(Client.version)")
    try terminal.writeLine("  " + libraries.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    try terminal.writeLine(
      PlainText.sanitize(
        "host \(machine.hostname)\n  \(machine.operatingSystem), \(machine.architecture), "
          + "kernel \(machine.kernelVersion)", keepsLines: true))
  }

  private static func json(engine: JSONValue) -> JSONValue {
    let machine = Machine()
    return [
      "sc": .string(Client.version), "engine": engine,
      "libraries": .object(Libraries.versions.mapValues { .string($0) }),
      "host": [
        "hostname": .string(machine.hostname),
        "operatingSystem": .string(machine.operatingSystem),
        "kernelVersion": .string(machine.kernelVersion),
        "architecture": .string(machine.architecture),
        "coreCount": .integer(Int64(machine.coreCount)),
        "memoryInBytes": .integer(machine.memoryInBytes),
      ],
    ]
  }
}
