import Arguments
import SmartContainers

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

  /// Words without a flag.
  private var subjects: [String] = []

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    maxCount = try arguments.option(
      "max-count", "n", value: "number", help: "So many at the most.", isCount: true)
    skip = try arguments.option("skip", value: "skip", help: "Leave so many out first.") ?? 0
    since = try arguments.option(
      "since", "after", value: "since", help: "Not older: 2026-11-23, RFC 3339, \"2 hours ago\".")
    until = try arguments.option("until", "before", value: "until", help: "Not younger.")
    author = try arguments.options(
      "author", value: "author",
      help: "By an author whose name or address, or account and machine, have this in them.")
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

  /// Reads the words, which come after all flags of a command.
  mutating func readSubjects(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    subjects = try arguments.optionalWords(
      "subject",
      help: "A revision to begin with or a range A..B, or a container, image, network or volume.")
  }

  enum Outcome: String, CaseIterable, ArgumentValue {
    case succeeded
    case failed
    case unknown
  }

  private func flags(now: Timestamp) throws -> LogFilter {
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

  /// What is wanted.
  struct Wanted {
    fileprivate(set) var filter: LogFilter

    /// Words that are no revisions.
    fileprivate(set) var names: [String] = []

    /// Refuses words that nothing is about.
    func require(_ count: Int) throws {
      guard count == 0, let word = names.first else { return }
      throw SmartContainersError(
        .failed, "\"\(word)\" is no revision, and nothing that was asked for is about it",
        hint: "sc log shows all there is.")
    }
  }

  /// Finds out what the words are: a revision first, as in git, else a container, an image, a
  /// network or a volume.
  func wanted(from reader: HistoryReader) async throws -> Wanted {
    var wanted = Wanted(filter: try flags(now: SystemClock.now()))
    for subject in subjects {
      if let dots = subject.firstRange(of: "..") {
        guard !subject.contains("...") else {
          throw UsageError("\(subject) is no range; write A..B for what B has and A has not")
        }
        let start = String(subject[..<dots.lowerBound])
        wanted.filter.excluding = start.isEmpty ? "HEAD" : start
        let end = String(subject[dots.upperBound...])
        wanted.filter.revision = end.isEmpty ? nil : end
      } else if try await reader.isRevision(subject) {
        wanted.filter.revision = subject
      } else {
        wanted.filter.containers.append(subject)
        wanted.filter.images.append(subject)
        wanted.filter.networks.append(subject)
        wanted.filter.volumes.append(subject)
        wanted.names.append(subject)
      }
    }
    return wanted
  }
}
