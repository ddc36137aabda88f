import Arguments
import SmartContainers

/// `sc container wait`.
struct ContainerWaitCommand: SmartCommand {
  static let description = CommandDescription(
    "wait", abstract: "Wait until containers end, and print their exit codes.",
    discussion: """
      Examples:
        $ sc container wait job
      """,
    parser: ContainerWaitCommand.init)

  let global: GlobalOptions
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    containers = try arguments.words("container", help: "Names or ids.")
  }

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.forEach(containers) { String(try await engine.waitForContainer($0)) }
  }
}
