import Arguments
import SmartContainers

/// `sc version`.
struct VersionCommand: SmartCommand {
  static let description = CommandDescription(
    "version", abstract: "Show the versions of sc and of the engine.",
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
    if !json { try terminal.writeLine("sc \(Client.version)") }
    let version: EngineVersion
    do {
      version = try await Client.engineVersion(try invocation.places())
    } catch {
      if json { try terminal.write(["sc": .string(Client.version), "engine": nil]) }
      throw error
    }
    if json {
      return try terminal.write(["sc": .string(Client.version), "engine": version.json])
    }
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
}
