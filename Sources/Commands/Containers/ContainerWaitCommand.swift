import ArgumentParser
import SmartContainers

/// `sc container wait`.
struct ContainerWaitCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Wait until containers end, and print their exit codes.",
    discussion: """
      Examples:
        $ sc container wait job
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Argument(help: "Names or ids.")
  var containers: [String]

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    try await invocation.forEach(containers) { String(try await engine.waitForContainer($0)) }
  }
}
