import Arguments
import SmartContainers

/// `sc run`.
struct RunCommand: SmartCommand {
  static let description = CommandDescription(
    "run", abstract: "Run a command in a new container, and record it as one.",
    discussion: """
      The container's standard output and standard error are passed on, apart and live, and sc \
      ends with its exit code: 125 when it could not be created, 126 when the command cannot be \
      executed, 127 when there is none. Signals go to the container; the third SIGINT or SIGTERM \
      kills it. The record has digests of both outputs, and of the input that is piped in with -i.

      What is declared with --input and --output is recorded with its digest, and is what the run \
      sees of this machine: it begins in a folder of the same name as this one, in which the inputs \
      are, read-only, and from which the outputs are taken when it has ended. What is beneath a -v \
      of yours is where you put it. -i before a path is --input; -i alone is docker's --interactive. \
      An input that is not there is an error; an output that is not left is one when the command \
      itself succeeds.

      With -i -t you type to the command as on a terminal of its own, until it ends or until you \
      leave it with Control-P Control-Q.

      Examples:
        $ sc run --rm tool:1 wc -l /etc/passwd
        $ sc run --rm -i data.csv -i model/ -o result.json tool:1 analyse data.csv
        $ sc run --rm -i '*.fits' -o 'out/*.png' --keep-outputs tool:1 sh plot.sh
        $ sc run --rm -v "$PWD":/data -w /data tool:1 sort input.txt > output.txt
        $ sc run --rm -i tool:1 sort < input.txt > output.txt
        $ sc run --rm -it tool:1 sh
        $ sc run -d --name web -p 8080:80 site:1
      """,
    parser: RunCommand.init)

  let global: GlobalOptions
  let removes: Bool
  let detach: Bool
  let session: SessionOptions
  let options: ContainerOptions
  let files: RunFileOptions
  let image: String
  let command: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    removes = arguments.flag("rm", help: "Remove the container when it has ended.")
    detach = arguments.flag("detach", "d", help: "Let it run in the background, and print its id.")
    session = try SessionOptions(&arguments)
    options = try ContainerOptions(&arguments, letterI: RunFileOptions.letterI)
    files = try RunFileOptions(&arguments)
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
    guard !detach || options.attach.isEmpty else {
      throw UsageError("run -d -a: in the background nothing is attached; choose one of them")
    }
    var specification = try invocation.specification(options, image: image, command: command)
    if detach { specification.attachedStreams = [] }
    var run = RunOptions()
    run.name = options.name
    run.platform = options.platform
    run.removes = removes
    run.detaches = detach
    run.pulling = invocation.pulling(options.pull)
    run.files = files.files
    let result: RunResult
    do {
      result = try await self.run(specification, run, invocation)
    } catch let failure as RunFailure {
      throw reported(failure, invocation.terminal)
    }
    if detach {
      try invocation.terminal.writeLine(result.containerID)
    } else if result.exitCode == nil {
      let remark = removes ? ", and is not removed when it ends" : ""
      invocation.terminal.note("sc: left \(result.containerID.prefix(12)), which goes on\(remark)")
    }
    for output in result.missingOutputs {
      invocation.terminal.note(
        "sc: the output \(PlainText.sanitize(output)) is missing: the container did not leave it")
    }
    let status = result.exitCode ?? 0
    throw ProcessExit(
      status: status == 0 && !result.missingOutputs.isEmpty
        ? ExitStatus.failed.rawValue : Int32(status))
  }

  private func run(
    _ specification: ContainerSpecification, _ run: RunOptions, _ invocation: Invocation
  ) async throws -> RunResult {
    let file = try options.cidfile.map { try IDFile(invocation.absolute($0)) }
    let streams = specification.attachedStreams
    var run = run
    run.attachment.passesStandardOutput = streams?.contains(.standardOutput) ?? true
    run.attachment.passesStandardError = streams?.contains(.standardError) ?? true
    let session = UserSession(
      passesInput: specification.opensStandardInput && streams?.contains(.standardInput) ?? true,
      hasTerminal: specification.hasTerminal && !detach,
      forwardsSignals: session.forwardsSignals && !detach, detachKeys: session.detachKeys,
      beginsLater: true)
    let progress = AmountDisplay(invocation.terminal, isWanted: true)
    return try await invocation.withClient(for: .image(specification.image)) { [run] client in
      try await session.during { ends in
        try await client.run(
          specification, options: run, signals: ends.signals, interaction: ends.interaction,
          onProgress: { progress.add($0) },
          onCreated: { created in
            progress.finish()
            try ends.begin()
            try file?.write(created.id)
            for warning in created.warnings {
              invocation.terminal.note("sc: warning: " + PlainText.sanitize(warning))
            }
          },
          onOutput: { try OutputChunkWriter.write($0) })
      }
    }
  }

  /// Docker's exit codes for a command that never ran.
  private func reported(_ failure: RunFailure, _ terminal: Terminal) -> ProcessExit {
    let report = FailureReport(failure.cause)
    terminal.note(report.text)
    if failure.step == .create, options.interactive, RunFileOptions.looksLikeFile(image) {
      terminal.note(
        "sc: \(PlainText.sanitize(image)) is no file here, so that -i was --interactive; to name an "
          + "input in any case, say --input")
    }
    // What the user ended is nobody's failure.
    guard report.status != ExitStatus.interrupted.rawValue else {
      return ProcessExit(status: report.status)
    }
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
}
