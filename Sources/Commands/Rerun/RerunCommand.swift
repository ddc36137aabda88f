import Arguments
import Glibc
import SmartContainers
import SystemPackage

/// `sc rerun`.
struct RerunCommand: SmartCommand {
  static let description = CommandDescription(
    "rerun", abstract: "Do a recorded run again, and compare what it leaves.",
    discussion: """
      The container is created by the request that was recorded, from the image of then, with the \
      declared inputs as they are now: what changed is said first. Each output, standard output \
      and the exit code are compared with what they were; standard error is only told. A container \
      means its last run.

      The outputs take the places of those that are there, unless --verify only compares them. \
      What the record hides is taken from the environment by its name, and what was piped in must \
      be piped in again. Inputs that are gone are taken from the history where it keeps them.

      Of A..B all runs after A up to B are done again, and of --since A those up to now: what a \
      run makes comes before the run that reads it. A range that has no run is an error.

      What was recorded in a folder that is another one now, since the project was copied, moved, \
      cloned or restored, is done again --in that folder: it takes the place of the innermost \
      folder that all files and working folders of the runs had in common.

      Ctrl-C stops the container and ends all of it: the outputs that are there stay as they are.

      Exit codes: 0 reproduced, 1 not, 125 when it cannot be done again, 130 when it was interrupted.

      Examples:
        $ sc rerun 0190d2a1-7c4e
        $ sc rerun --verify HEAD~2
        $ sc rerun --report web
        $ sc rerun --in . HEAD
        $ DB_PASSWORD=... sc rerun --verify web < input.txt
        $ sc rerun --verify --since HEAD~10 --format json
      """,
    parser: RerunCommand.init)

  /// How the result is written.
  enum Format: String, CaseIterable, ArgumentValue {
    /// Lines for people; they may change.
    case text
    /// One JSON object, of a range one array; it may not change.
    case json
  }

  let global: GlobalOptions
  let verify: Bool
  let report: Bool
  let originalInputs: Bool
  let failFast: Bool
  let pull: ImagePulling.Policy?
  let since: String?
  let folder: PathArgument?
  let format: Format
  let activity: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    verify = arguments.flag("verify", help: "Only compare the outputs, and leave what is there.")
    report = arguments.flag("report", help: "Only say what would be done, and what it needs.")
    originalInputs = arguments.flag(
      "original-inputs", help: "Take inputs that changed as the history keeps them.")
    failFast = arguments.flag(
      "fail-fast", help: "Of several, end with the first that is not reproduced.")
    pull = try arguments.option(
      "pull", value: "pull", help: "Whether the image of then may be pulled: missing or never.")
    since = try arguments.option(
      "since", value: "revision", help: "All runs after this revision or activity.")
    folder = try arguments.option(
      "in", value: "folder", help: "The folder where the files of then are now.")
    format =
      try arguments.option("format", value: "format", help: "How to write the result.") ?? .text
    global = try GlobalOptions(&arguments)
    activity = try arguments.optionalWord(
      "activity",
      help: "An activity or a revision that is a run, a container of one, or a range A..B.")
    if activity == nil, since == nil {
      throw ArgumentError("name a run, a container or a range, or say --since")
    }
    if activity != nil, since != nil { throw ArgumentError("--since is a range of its own") }
  }

  func run(_ invocation: Invocation) async throws {
    do {
      try await rerun(invocation)
    } catch {
      let report = FailureReport(error)
      guard !(error is ProcessExit), report.status == ExitStatus.failed.rawValue else {
        throw error
      }
      // 1 says that it was done and came out otherwise.
      invocation.terminal.note(report.text)
      throw ProcessExit(status: ExitStatus.dockerFailed.rawValue)
    }
  }

  private func rerun(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    let filter = try range
    let chain =
      if let filter {
        try await reader.rerunChain(filter)
      } else {
        RerunChain(of: try await reader.rerunPlan(activity ?? "HEAD"))
      }
    for note in chain.notes {
      invocation.terminal.note("sc: note: " + PlainText.sanitize(note))
    }
    guard !chain.plans.isEmpty else { throw try nothing(in: chain, invocation.terminal) }
    let options = try self.options(for: chain, invocation)
    if report {
      try await RerunReport(chain, options, isJSON: format == .json)
        .write(from: reader, invocation, isRange: filter != nil)
    } else {
      try await RerunSeries(
        chain, options, isRange: filter != nil, isJSON: format == .json, failsFast: failFast
      ).run(invocation)
    }
  }

  /// Says that a range has no run: where nothing is done, nothing is reproduced.
  private func nothing(
    in chain: RerunChain, _ terminal: Terminal
  ) throws(OutputError) -> ProcessExit {
    if format == .json { try terminal.write(.array([])) }
    let range = PlainText.sanitize(activity ?? since.map { "\($0).." } ?? "HEAD")
    let kind = chain.notes.isEmpty ? "" : " that can be done again"
    terminal.note("sc: no run in \(range)\(kind)\(RerunText.others(than: chain))")
    if activity != nil { terminal.note("A..B has the runs after A up to B.") }
    return ProcessExit(status: ExitStatus.failed.rawValue)
  }

  private func options(
    for chain: RerunChain, _ invocation: Invocation
  ) throws(SmartContainersError) -> RerunOptions {
    var options = RerunOptions()
    options.verifies = verify
    options.takesOriginalInputs = originalInputs
    options.environment = invocation.environment
    options.pulling = invocation.pulling(pull)
    options.workingFolder = invocation.folder
    if let folder {
      let now = invocation.absolute(folder.text)
      let original = try chain.folder(now: now)
      options.folder = (from: original, to: now)
    }
    return options
  }

  /// The commits of a range; nil where one run is named.
  private var range: LogFilter? {
    get throws {
      var filter = LogFilter()
      if let since {
        filter.excluding = since
        return filter
      }
      guard let activity, let dots = activity.firstRange(of: "..") else { return nil }
      guard !activity.contains("...") else {
        throw UsageError("\(activity) is no range; write A..B for what B has and A has not")
      }
      let start = String(activity[..<dots.lowerBound])
      let end = String(activity[dots.upperBound...])
      filter.excluding = start.isEmpty ? "HEAD" : start
      filter.revision = end.isEmpty ? nil : end
      return filter
    }
  }
}
