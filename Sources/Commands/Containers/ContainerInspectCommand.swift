import ArgumentParser
import SmartContainers

/// `sc container inspect`.
struct ContainerInspectCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what the engine knows of containers, as JSON.",
    discussion: """
      Examples:
        $ sc container inspect web
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.inspect(containers) { try await engine.inspectContainer($0).json }
  }
}

extension Invocation {
  /// Writes one JSON array of what was found; the errors of the others go to standard error.
  func inspect(_ names: [String], _ body: (String) async throws -> JSONValue) async throws {
    var found: [JSONValue] = []
    defer { try? terminal.write(.array(found)) }
    try await forEach(names) { name in
      found.append(try await body(name))
      return nil
    }
  }
}
