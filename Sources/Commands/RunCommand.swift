import Arguments
import Glibc
import SmartContainers
import Synchronization

/// `sc run`.
struct RunCommand: SmartCommand {
  static let description = CommandDescription(
    "run", abstract: "Run a command in a new container, and record it as one.",
    discussion: """
      The container's standard output and standard error are passed on, apart and live, and sc \
      ends with its exit code: 125 when it could not be created, 126 when the command cannot be \
      executed, 127 when there is none. Signals go to the container; the third SIGINT or SIGTERM \
      kills it. The record has digests of both outputs.

      Examples:
        $ sc run --rm tool:1 wc -l /etc/passwd
        $ sc run --rm -v "$PWD":/data -w /data tool:1 sort input.txt > output.txt
        $ sc run -d --name web -p 8080:80 site:1
      """,
    parser: RunCommand.init)

  let global: GlobalOptions
  let removes: Bool
  let detach: Bool
  let options: ContainerOptions
  let image: String
  let command: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    removes = arguments.flag("rm", help: "Remove the container when it has ended.")
    detach = arguments.flag("detach", "d", help: "Let it run in the background, and print its id.")
    options = try ContainerOptions(&arguments)
    global = try GlobalOptions(&arguments)
    image = try arguments.word("image", help: "The image: a name, an id or a digest reference.")
    command = try arguments.rest("command", help: "The command and its arguments.")
  }

  func run(_ invocation: Invocation) async throws {
    do {
      try await runContainer(invocation)
    } catch {
      let report = FailureReport(error)
      let own: [ExitStatus] = [
        .failed, .usage, .authentication, .noHistory, .historyBusy, .engineUnreachable,
      ]
      guard !(error is ProcessExit), own.contains(where: { $0.rawValue == report.status }) else {
        throw error
      }
      // What run itself cannot do is docker's 125: every other code is the container's.
      invocation.terminal.note(report.text)
      throw ProcessExit(status: ExitStatus.dockerFailed.rawValue)
    }
  }

  private func runContainer(_ invocation: Invocation) async throws {
    guard !detach || !removes else {
      throw UsageError("run -d --rm: nobody would be there to remove it; use container rm later")
    }
    guard !options.interactive else {
      throw UsageError("run -i: standard input is not passed on; mount a file with -v instead")
    }
    let specification = try invocation.specification(options, image: image, command: command)
    var run = RunOptions()
    run.name = options.name
    run.platform = options.platform
    run.removes = removes
    run.detaches = detach
    run.pulling = invocation.pulling(options.pull)
    let file = try options.cidfile.map { try IDFile(invocation.absolute($0)) }
    let options = run
    let exitCode: Int?
    do {
      exitCode = try await invocation.withClient { client in
        let result = try await forwardingSignals(unless: detach) { signals in
          try await client.run(
            specification, options: options, signals: signals,
            onCreated: { created in
              try file?.write(created.id)
              for warning in created.warnings {
                invocation.terminal.note("sc: warning: " + PlainText.sanitize(warning))
              }
            },
            onOutput: { try OutputChunkWriter.write($0) })
        }
        if detach { try invocation.terminal.writeLine(result.containerID) }
        return result.exitCode
      }
    } catch let failure as RunFailure {
      throw reported(failure, invocation.terminal)
    }
    throw ProcessExit(status: Int32(exitCode ?? 0))
  }

  /// Docker's exit codes for a command that never ran.
  private func reported(_ failure: RunFailure, _ terminal: Terminal) -> ProcessExit {
    terminal.note(FailureReport(failure.cause).text)
    let message = (failure.cause as? EngineError)?.message ?? ""
    guard failure.step == .start else {
      return ProcessExit(status: ExitStatus.dockerFailed.rawValue)
    }
    // The engine has no other way to tell the two apart than its words.
    if message.contains("executable file not found") || message.contains("no such file") {
      return ProcessExit(status: ExitStatus.commandNotFound.rawValue)
    }
    if message.contains("permission denied") || message.contains("is a directory") {
      return ProcessExit(status: ExitStatus.commandNotExecutable.rawValue)
    }
    return ProcessExit(status: ExitStatus.dockerFailed.rawValue)
  }

  /// How often the user must ask a container to end that does not, until it is killed.
  private static let patience = 3

  /// Lets the user's signals reach the container instead of ending `sc`.
  private func forwardingSignals<Result>(
    unless isDetached: Bool, _ body: (AsyncStream<String>) async throws -> Result
  ) async throws -> Result {
    let (stream, continuation) = AsyncStream<String>.makeStream()
    guard !isDetached else {
      continuation.finish()
      return try await body(stream)
    }
    let names = [
      SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGQUIT: "QUIT", SIGUSR1: "USR1",
      SIGUSR2: "USR2",
    ]
    let requests = Mutex(0)
    let previous = Interruption.shared.setAction { number in
      guard let name = names[number] else { return false }
      let isRequest = number == SIGINT || number == SIGTERM
      let count = requests.withLock { count in
        count += isRequest ? 1 : 0
        return count
      }
      continuation.yield(isRequest && count >= Self.patience ? "KILL" : name)
      return true
    }
    defer {
      Interruption.shared.setAction(previous)
      continuation.finish()
    }
    return try await body(stream)
  }
}
