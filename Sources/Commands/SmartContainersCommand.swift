import Arguments
import Glibc
import SmartContainers

/// The `sc` command line.
public enum SmartContainersCommand {
  static let tree = CommandTree(
    root, version: "sc version \(Client.version)",
    shared: { arguments throws(ArgumentError) in try NoCommand(&arguments) })

  private static let root = CommandDescription(
    "sc", abstract: "Git for container provenance.",
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
        125  run: the container could not be created or started; rerun: it cannot be done again
        126  run: its command cannot be executed
        127  run: its command is not there
        130  interrupted
      run ends with the container's own code otherwise.
      """,
    groups: [
      CommandDescription.Group(
        "History",
        [
          InitCommand.description, StatusCommand.description, LogCommand.description,
          ShowCommand.description, DiffCommand.description, BlameCommand.description,
          LineageCommand.description, ExportCommand.description,
          ConfigCommand.description, VerifyCommand.description,
          GarbageCollectionCommand.description,
        ]),
      CommandDescription.Group(
        "Sharing",
        [
          CloneCommand.description, RemoteCommand.description, FetchCommand.description,
          PullCommand.description, PushCommand.description,
        ]),
      CommandDescription.Group(
        "Containers",
        [
          RunCommand.description, RerunCommand.description, ContainerExecCommand.description,
          ContainerCommand.description,
          ImageCommand.description, EventsCommand.description, NetworkCommand.description,
          VolumeCommand.description,
        ]),
      CommandDescription.Group(
        "Reproduction", [ArchiveCommand.description, AttestCommand.description]),
      CommandDescription.Group(
        "Smart containers",
        [InfectCommand.description, LabelCommand.description, EntryCommand.description]),
      CommandDescription.Group(
        "Registries",
        [LoginCommand.description, LogoutCommand.description, SearchCommand.description]),
      CommandDescription.Group(
        "Other",
        [
          VersionCommand.description, CompletionCommand.description,
          CandidatesCommand.description, ManualCommand.description,
        ]),
    ])

  /// Runs the command line to its end, and ends the process with its exit code.
  public static func runToEnd() -> Never {
    signal(SIGPIPE, SIG_IGN)
    openStandardStreams()
    Interruption.shared.block()
    let arguments = Array(CommandLine.arguments.dropFirst())
    loadLibraries(for: tree.path(of: arguments))
    let work = Task { await status(of: arguments) }
    Interruption.shared.setAction(Interruption.cancelling(work))
    // Without the exit handlers of libraries: one may still be loading on its own thread, and
    // would be taken down under it. Nothing here is buffered.
    Task { _exit(await work.value) }
    Interruption.shared.wait()
  }

  /// Opens those of the standard streams that the caller has closed: their numbers would go to
  /// the next files, and messages into them. What is written to one still fails.
  private static func openStandardStreams() {
    // The lowest number that is free is taken (open(2)).
    var opened: Int32
    repeat { opened = open("/dev/null", O_RDONLY) } while 0...STDERR_FILENO ~= opened
    close(opened)
  }

  /// Begins to load what a command will need.
  private static func loadLibraries(for path: [String]) {
    guard let first = path.first, let last = path.last else { return }
    let readers = [
      "events", "history", "inspect", "login", "logout", "logs", "ls", "search", "stats", "top",
      "version", "wait",
    ]
    let speakers = [
      "container", "entry", "events", "exec", "image", "infect", "label", "login", "network",
      "rerun",
      "run",
      "search", "status", "version", "volume",
    ]
    Libraries.loadAhead(
      forHistory: !readers.contains(last), forEngine: speakers.contains(first),
      forArchives: ["build", "cp", "infect"].contains(last))
  }

  /// Runs the command line and returns its exit code.
  static func status(of arguments: [String]) async -> Int32 {
    do {
      switch try tree.request(arguments) {
      case .command(let command): try await command.run()
      case .text(let text): try Terminal.write(Array(text.utf8), to: STDOUT_FILENO)
      }
      return ExitStatus.done.rawValue
    } catch {
      let report = FailureReport(error)
      Terminal.note(report.text)
      return report.status
    }
  }
}

/// The options that every command takes, for the place before its name.
private struct NoCommand: Command {
  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    _ = try GlobalOptions(&arguments)
  }

  func run() async throws {}
}
