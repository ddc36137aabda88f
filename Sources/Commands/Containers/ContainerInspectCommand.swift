import Arguments
import SmartContainers

/// `sc container inspect`.
struct ContainerInspectCommand: SmartCommand {
  static let description = CommandDescription(
    "inspect", abstract: "Show what the engine knows of containers, as JSON.",
    discussion: """
      Examples:
        $ sc container inspect web
      """,
    parser: ContainerInspectCommand.init)

  let global: GlobalOptions
  let size: Bool
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    size = arguments.flag("size", "s", help: "Also how large its files are.")
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.inspect(containers) {
      try await engine.inspectContainer($0, includesSizes: size).json
    }
  }
}

extension Invocation {
  /// Writes one JSON array of what was found; the errors of the others go to standard error.
  func inspect(_ names: [String], _ body: (String) async throws -> JSONValue) async throws {
    var found: [JSONValue] = []
    do {
      try await forEach(names) { name in
        found.append(try await body(name))
        return nil
      }
    } catch {
      try terminal.write(.array(found))
      throw error
    }
    try terminal.write(.array(found))
  }
}
