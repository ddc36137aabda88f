import ArgumentParser
import Glibc
import SmartContainers

/// The `sc` command line.
public struct SmartContainersCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "sc",
    abstract: "Git for container provenance.",
    discussion: """
      Every operation on a container engine becomes a commit of W3C PROV JSON-LD in a .sc \
      repository, which sc log, sc show and sc diff read.

      A first tour:
        $ sc init
        $ sc config set agent.name "Ada Lovelace"
        $ sc image build -t tool .
        $ sc run --rm tool ls /
        $ sc log --oneline

      Exit codes:
        0    done
        1    failed; the engine or the history said why
        2    usage
        4    authentication
        10   no .sc history here
        11   history busy
        12   engine unreachable
        13   done, and not yet committed: it waits in the journal
        14   the history cannot be used
        125  run: the container could not be created or started
        126  run: its command cannot be executed
        127  run: its command is not there
        130  interrupted
      run ends with the container's own code otherwise.
      """,
    version: "sc version \(Client.version)",
    groupedSubcommands: [
      CommandGroup(
        name: "History",
        subcommands: [
          InitCommand.self, StatusCommand.self, LogCommand.self, ShowCommand.self,
          DiffCommand.self, ConfigCommand.self, GarbageCollectionCommand.self,
        ]),
      CommandGroup(
        name: "Containers",
        subcommands: [RunCommand.self, ContainerCommand.self, ImageCommand.self]),
      CommandGroup(name: "Other", subcommands: [VersionCommand.self]),
    ])

  public init() {}

  /// The commands that speak to an engine.
  private static let engineCommands: Set<String> = ["container", "image", "run", "version"]

  /// Runs the command line to its end, and ends the process with its exit code.
  public static func runToEnd() -> Never {
    signal(SIGPIPE, SIG_IGN)
    Interruption.shared.block()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.contains(where: { !$0.hasPrefix("-") }) {
      Libraries.loadAhead(forEngine: arguments.contains(where: engineCommands.contains))
    }
    let work = Task { await status(of: arguments) }
    Interruption.shared.setAction(Interruption.cancelling(work))
    // Without the exit handlers of libraries: one may still be loading on its own thread, and
    // would be taken down under it. Nothing here is buffered.
    Task { _exit(await work.value) }
    Interruption.shared.wait()
  }

  /// Runs the command line and returns its exit code.
  static func status(of arguments: [String]) async -> Int32 {
    var path: [String] = []
    do {
      let typed = try TypedArguments(arguments, of: self)
      path = typed.path
      var command = try parseAsRoot(typed.words)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ExitStatus.done.rawValue
    } catch {
      return report(error, path)
    }
  }

  /// Help and version go to standard output, everything else to standard error.
  private static func report(_ error: any Error, _ path: [String]) -> Int32 {
    switch exitCode(for: error) {
    case .success:
      do throws(OutputError) {
        let text = ParserText.help(fullMessage(for: error))
        try Terminal.write(Array(text.utf8), to: STDOUT_FILENO)
      } catch {
        return FailureReport(error).status
      }
      return ExitStatus.done.rawValue
    case .validationFailure:
      Terminal.note(ParserText.error(message(for: error), path: path))
      // What run itself cannot do is docker's 125: every other code is the container's.
      return (path == ["run"] ? ExitStatus.dockerFailed : .usage).rawValue
    default:
      let report = FailureReport(error)
      Terminal.note(report.text)
      return report.status
    }
  }
}
