import ArgumentParser
import Glibc
import SmartContainers

/// The `sc` command line.
public struct SmartContainersCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "sc",
    abstract: "Git for container provenance.",
    discussion: """
      Every operation on a container engine becomes a commit of W3C PROV JSON-LD in a .sc
      repository, which sc log, sc show and sc diff read.

      A first tour:
        $ sc init
        $ sc config set agent.name "Ada Lovelace"
        $ sc image build -t tool .
        $ sc run --rm tool ls /
        $ sc log --oneline
      """,
    version: "sc version \(Client.version)",
    groupedSubcommands: [
      CommandGroup(
        name: "History:",
        subcommands: [
          InitCommand.self, StatusCommand.self, LogCommand.self, ShowCommand.self,
          DiffCommand.self, ConfigCommand.self, GarbageCollectionCommand.self,
        ]),
      CommandGroup(
        name: "Containers:",
        subcommands: [RunCommand.self, ContainerCommand.self, ImageCommand.self]),
      CommandGroup(name: "Other:", subcommands: [VersionCommand.self]),
    ])

  public init() {}

  /// Runs the command line to its end, and ends the process with its exit code.
  public static func runToEnd() async -> Never {
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let work = Task { await status(of: arguments) }
    Interruption.shared.setAction { _ in work.cancel() }
    Interruption.shared.listen(to: [SIGINT, SIGTERM, SIGHUP])
    Glibc.exit(await work.value)
  }

  /// Runs the command line and returns its exit code.
  static func status(of arguments: [String]) async -> Int32 {
    do {
      var command = try parseAsRoot(LeadingOptions.sorted(arguments, for: self))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ExitStatus.done.rawValue
    } catch {
      return report(error)
    }
  }

  /// Help and version go to standard output, everything else to standard error.
  private static func report(_ error: any Error) -> Int32 {
    let parserCode = exitCode(for: error)
    if parserCode == .success {
      do throws(OutputError) {
        try Terminal.write(Array((fullMessage(for: error) + "\n").utf8), to: STDOUT_FILENO)
      } catch {
        return FailureReport(error).status
      }
      return ExitStatus.done.rawValue
    }
    if parserCode == .validationFailure {
      try? Terminal.write(Array((fullMessage(for: error) + "\n").utf8), to: STDERR_FILENO)
      return ExitStatus.usage.rawValue
    }
    let report = FailureReport(error)
    if !report.text.isEmpty {
      try? Terminal.write(Array((report.text + "\n").utf8), to: STDERR_FILENO)
    }
    return report.status
  }
}
