import Canonical
import History
import Provenance

/// An activity as its document tells it: who, when, where, what from what.
public struct ActivityDetails: Sendable {
  /// An entity, and its part in the activity.
  public struct Thing: Sendable {
    /// `image`, `container`, `state` …; nil where the document says none.
    public let role: String?
    public let label: String
    public let iri: String

    /// The digest that identifies it, `sha256:…`; nil when none does.
    public let digest: String?

    /// Where it was read or written: a path in a container or on the host, or a URL.
    public let place: String?

    /// What the history keeps of it; nil for nothing.
    public let kept: Kept?
  }

  /// A part of a composite.
  public struct Part: Sendable {
    public let operation: String
    public let startedAt: Timestamp
    public let endedAt: Timestamp
    public let outcome: String
  }

  public let id: String

  /// The commit that brought it.
  public let commit: String
  public let operation: String
  public let startedAt: Timestamp
  public let endedAt: Timestamp

  /// `succeeded`, `failed`, `unknown`.
  public let outcome: String

  /// Why it failed, or why nobody knows.
  public let reason: String?
  public let exitCode: Int?

  /// The person: name, address, ORCID iD, organization, as far as they are known.
  public let person: [String]

  /// The account on the host: `root (0)`.
  public let account: String?

  /// `sc 0.1.0`.
  public let client: String?

  /// `dockerd 20.10.24, API 1.41`.
  public let engine: String?

  /// Host name, system, kernel, architecture, cores.
  public let host: [String]

  /// The memory of the host.
  public let hostMemoryInBytes: Int64?

  /// The arguments as typed, redacted.
  public let command: [String]

  /// Method, route and query of the request.
  public let request: String?

  /// The builder, and the stages that it built; empty for what is no build.
  public let build: [String]
  public let used: [Thing]
  public let generated: [Thing]
  public let invalidated: [Thing]
  public let parts: [Part]

  /// The activities before.
  public let informedBy: [String]

  /// The activity that this one did again; nil for none.
  public let repeated: String?

  /// Whether that came out as before; nil where nobody compared.
  public let isReproduced: Bool?

  /// The container or image as the activity left it; nil when it left none.
  public let configured: Configured?

  /// The document itself.
  public let document: [UInt8]

  init(
    _ activity: ActivityDocument, commit: CommitID, document: [UInt8], configured: Configured?,
    content: ContentStore
  ) {
    id = activity.id.description
    self.commit = commit.description
    operation = activity.operation
    startedAt = activity.startedAt
    endedAt = activity.endedAt
    outcome = activity.outcome.word
    switch activity.outcome {
    case .succeeded: reason = nil
    case .failed(let message, _): reason = message
    case .unknown(let why): reason = why
    }
    exitCode = activity.exitCode
    person =
      activity.person.map { person in
        [person.name, person.email, person.orcid?.iri, person.organization].compactMap { $0 }
      } ?? []
    account = activity.account.map { "\($0.name) (\($0.uid))" }
    client = activity.client.map { "\($0.name) \($0.version)" }
    engine = activity.engine.map { engine in
      "\(engine.name) \(engine.version)" + (engine.apiVersion.map { ", API \($0)" } ?? "")
    }
    host =
      activity.host.map { host in
        [
          host.hostname, host.operatingSystem, "Linux \(host.kernelVersion)", host.architecture,
          "\(host.coreCount) cores",
        ]
      } ?? []
    hostMemoryInBytes = activity.host.map(\.memoryInBytes)
    command = activity.plan.command ?? []
    request = activity.plan.request.map { request in
      let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
      return "\(request.method) \(request.route)" + (query.isEmpty ? "" : "?\(query)")
    }
    let parts = activity.parts
    build =
      activity.plan.build.map { build in
        [build.builder] + build.stages.map(\.base).map { "FROM \($0)" }
          + (build.target.map { ["target \($0)"] } ?? [])
      } ?? []
    used = Self.things(activity.used, of: parts.map(\.used), in: content)
    generated = Self.things(activity.generated, of: parts.map(\.generated), in: content)
    invalidated = Self.things(activity.invalidated, of: parts.map(\.invalidated), in: content)
    self.parts = parts.map {
      Part(
        operation: $0.operation, startedAt: $0.startedAt, endedAt: $0.endedAt,
        outcome: $0.outcome.word)
    }
    informedBy = activity.informedBy.filter { $0 != activity.repeats }.map(\.description)
    repeated = activity.repeats?.description
    isReproduced = activity.isReproduced
    self.configured = configured
    self.document = document
  }

  /// A composite's own things, each as often as it had them: what has the same bytes is one entity,
  /// and may have been at several places. Then those of its parts, each once.
  private static func things(
    _ own: [ActivityDocument.Link], of parts: [[ActivityDocument.Link]],
    in content: ContentStore
  ) -> [Thing] {
    var seen = Set(own.map(\.iri))
    let others = parts.flatMap { $0 }.filter { seen.insert($0.iri).inserted }
    return (own + others).map {
      Thing(
        role: $0.role?.rawValue, label: $0.label ?? $0.iri, iri: $0.iri,
        digest: SHA256Digest(namingInformation: $0.iri)?.description, place: $0.path,
        kept: Kept($0, in: content))
    }
  }
}

/// What a word on the command line shows.
public enum HistoryItem: Sendable {
  case activity(ActivityDetails)

  /// A commit that records no operation on an engine, and the settings that it changed.
  case commit(LogRecord, [ConfigurationDifference])
}

extension HistoryReader {
  /// Returns what a word shows: an activity, or a commit that records none.
  public func item(_ text: String) async throws -> HistoryItem {
    let commit = try await read { history -> HistoryItem? in
      guard case .commit(let commit) = try history.subject(named: text) else { return nil }
      let record = LogRecord(try history.entry(commit))
      guard record.activity == nil else { return nil }
      return .commit(record, try history.settingsChanged(by: commit))
    }
    if let commit { return commit }
    return .activity(try await activity(text))
  }

  /// Returns an activity, with the configuration that it left.
  ///
  /// - Parameter text: an activity's id or the beginning of one, a revision, or a container or
  ///   image, of which the last activity is meant.
  public func activity(_ text: String) async throws -> ActivityDetails {
    try await read { history in
      let (id, commit) = try history.activity(meantBy: text)
      guard let document = try history.activityDocument(id, in: commit) else {
        throw HistoryError(
          code: .corrupt, message: "commit \(commit) names activity \(id) and does not have it")
      }
      let activity: ActivityDocument
      do throws(ActivityDocumentError) {
        activity = try ActivityDocument(parsing: document)
      } catch {
        throw HistoryError(code: .corrupt, message: "activity \(id): \(error)")
      }
      return ActivityDetails(
        activity, commit: commit, document: document,
        configured: try? history.configuredByActivity(id, in: commit),
        content: history.content)
    }
  }
}

extension HistoryRepository {
  fileprivate func settingsChanged(
    by commit: CommitID
  ) throws(HistoryError) -> [ConfigurationDifference] {
    let parent = try entry(commit).parents.first
    var changes: [ConfigurationDifference] = []
    for path in try changedPaths(commit).map(\.path) where path.hasPrefix("hosts/") {
      changes.append(
        ConfigurationDifference(
          try parent.map { (parent) throws(HistoryError) in
            try configured(at: path, titled: path, in: parent)
          } ?? nil,
          try configured(at: path, titled: path, in: commit)))
    }
    return changes
  }

  /// The activity that a word means: of what containers and images were, their last.
  func activity(
    meantBy text: String
  ) throws -> (ActivityID, CommitID) {
    switch try subject(named: text) {
    case .activity(let id, let commit): return (id, commit)
    case .commit(let commit):
      guard let id = LogRecord(try entry(commit)).activity.flatMap({ ActivityID($0) }) else {
        throw HistoryError(
          code: .noSuchRevision, message: "commit \(commit) records no activity")
      }
      return (id, commit)
    case .configured(let item): return try lastActivity(of: item)
    }
  }

  private func lastActivity(
    of item: Configured
  ) throws(HistoryError) -> (ActivityID, CommitID) {
    let key = item.path.split(separator: "/").last?.split(separator: ".").first ?? ""
    var walk = try walk()
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      let ids = [
        record.container, record.network, record.image?.split(separator: ":").last.map(String.init),
      ]
      if let id = record.activity.flatMap({ ActivityID($0) }),
        ids.contains(String(key)) || record.activity == String(key)
          || record.volume.map({ Snapshot.path(volume: $0) }) == item.path
      {
        return (id, entry.id)
      }
    }
    throw HistoryError(code: .noSuchRevision, message: "no activity is about \(item.title)")
  }
}
