import Arguments
import SmartContainers

/// `sc log`.
struct LogCommand: SmartCommand {
  static let description = CommandDescription(
    "log", abstract: "Show what was done, newest first.",
    discussion: """
      The same story as plain git --git-dir=.sc log. A container is followed through renames.

      Examples:
        $ sc log --oneline -n 10
        $ sc log --container web --since "2 days ago"
        $ sc log --operation image.build --outcome failed
        $ sc log --format '%h %aI %(operation) %s'
        $ sc log HEAD~20..HEAD --reverse
      """,
    parser: LogCommand.init)

  let global: GlobalOptions
  let selection: LogSelection
  let oneline: Bool
  let reverse: Bool
  let json: Bool
  let format: String?
  let subjects: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    oneline = arguments.flag("oneline", help: "One line a commit.")
    reverse = arguments.flag("reverse", help: "The oldest of the wanted ones first.")
    json = arguments.flag("json", help: "One JSON object a commit and line.")
    format = try arguments.option(
      "format", "pretty", value: "format",
      help:
        "oneline, medium, json, or a pattern with %H %h %s %an %ae %aI %ad %ar %(operation) %(outcome) %(container) %(name) %(image) %(activity) %n %%."
    )
    arguments.section("Which commits")
    selection = try LogSelection(&arguments)
    global = try GlobalOptions(&arguments)
    subjects = try arguments.optionalWords(
      "subject",
      help: "A revision to begin with or a range A..B, or a container, image, network or volume.")
  }

  func run(_ invocation: Invocation) async throws {
    let reader = try await HistoryReader.open(try invocation.places())
    var filter = try selection.filter(now: SystemClock.now())
    let named = try await selection.apply(subjects, to: &filter, reader)
    let formatter = LogFormatter(
      try layout(), style: invocation.style, now: SystemClock.now())
    let wanted = filter
    let count = try await invocation.paged {
      try await write(reader, wanted, formatter, invocation.terminal)
    }
    try LogSelection.require(count, of: named)
  }

  private func layout() throws(UsageError) -> LogFormatter.Layout {
    if json { return .json }
    if oneline { return .oneline }
    guard let format else { return .medium }
    return try LogFormatter.Layout(named: format)
  }

  /// Writes the wanted commits, and returns how many there are.
  private func write(
    _ reader: HistoryReader, _ filter: LogFilter, _ formatter: LogFormatter, _ terminal: Terminal
  ) async throws -> Int {
    let writer = LogWriter(formatter, terminal)
    let kept = Collector<LogRecord>()
    do {
      try await reader.log(filter) { record in
        if reverse { kept.append(record) } else { try writer.write(record) }
        return !Task.isCancelled
      }
    } catch {
      // What could be read before the damage is shown.
      if !(error is OutputError) { try writer.flush() }
      throw error
    }
    for record in kept.values.reversed() { try writer.write(record) }
    try writer.flush()
    try Task.checkCancellation()
    return writer.count
  }
}

/// Which commits of the log, by git's flags and by what operations are about.
struct LogSelection {
  let maxCount: Int?
  let skip: Int
  let since: String?
  let until: String?
  let author: [String]
  let grep: [String]
  let container: [String]
  let image: [String]
  let network: [String]
  let volume: [String]
  let operation: [String]
  let outcome: [Outcome]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    maxCount = try arguments.option(
      "max-count", "n", value: "number", help: "So many at the most.", isCount: true)
    skip = try arguments.option("skip", value: "skip", help: "Leave so many out first.") ?? 0
    since = try arguments.option(
      "since", "after", value: "since", help: "Not older: 2026-11-23, RFC 3339, \"2 hours ago\".")
    until = try arguments.option("until", "before", value: "until", help: "Not younger.")
    author = try arguments.options(
      "author", value: "author", help: "By an author whose name or address has this in it.")
    grep = try arguments.options(
      "grep", value: "grep", help: "With this in the first line of the message.")
    container = try arguments.options(
      "container", value: "container",
      help: "About this container: a name or the beginning of an id.")
    image = try arguments.options(
      "image", value: "image", help: "About this image: a name or the beginning of an id.")
    network = try arguments.options(
      "network", value: "network",
      help: "About this network: a name or the beginning of an id.")
    volume = try arguments.options(
      "volume", value: "volume", help: "About the volume of this name.")
    operation = try arguments.options(
      "operation", value: "operation",
      help: "Of this operation: container.create, or container for all of its kind.")
    outcome = try arguments.options(
      "outcome", value: "outcome", help: "With this outcome.")
  }

  enum Outcome: String, CaseIterable, ArgumentValue {
    case succeeded
    case failed
    case unknown
  }

  func filter(now: Timestamp) throws -> LogFilter {
    var filter = LogFilter()
    filter.limit = maxCount.flatMap { $0 < 0 ? nil : $0 }
    filter.skip = skip
    filter.since = try since.map { try TimeArgument.parse($0, now: now) }
    filter.until = try until.map { try TimeArgument.parse($0, now: now) }
    filter.authors = author
    filter.messages = grep
    filter.containers = container
    filter.images = image
    filter.networks = network
    filter.volumes = volume
    filter.operations = operation
    filter.outcomes = outcome.map(\.rawValue)
    return filter
  }

  /// Refuses words that nothing is about.
  static func require(_ count: Int, of named: [String]) throws {
    guard count == 0, let word = named.first else { return }
    throw SmartContainersError(
      .failed, "\"\(word)\" is no revision, and nothing that was asked for is about it",
      hint: "sc log shows all there is.")
  }

  /// Words without a flag: a revision first, as in git, else a container, an image, a network or
  /// a volume.
  ///
  /// - Returns: those that are no revisions.
  func apply(
    _ subjects: [String], to filter: inout LogFilter, _ reader: HistoryReader
  ) async throws -> [String] {
    var named: [String] = []
    for subject in subjects {
      if let dots = subject.firstRange(of: "..") {
        filter.excluding = String(subject[..<dots.lowerBound])
        let end = String(subject[dots.upperBound...])
        filter.revision = end.isEmpty ? nil : end
      } else if try await reader.isRevision(subject) {
        filter.revision = subject
      } else {
        filter.containers.append(subject)
        filter.images.append(subject)
        filter.networks.append(subject)
        filter.volumes.append(subject)
        named.append(subject)
      }
    }
    return named
  }
}
