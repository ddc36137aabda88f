import Canonical
import History
import Provenance

/// What of a history an archive is about.
struct ArchiveSelection: Sendable {
  /// An activity, and the commit that brought it.
  struct Entry: Sendable {
    let activity: ActivityDocument
    let commit: CommitID
  }

  /// The last commit of the history that goes in.
  let tip: CommitID

  /// Its time, which is that of everything in the archive.
  let time: Timestamp

  /// Oldest first.
  let entries: [Entry]

  /// Those of them, and the operations that made their images, whose content the history kept:
  /// what a build read, an archive of an engine. Oldest first.
  let keepers: [ActivityDocument]

  /// The images that those used or made, by the digests of their configurations, with the names
  /// that the documents say.
  let images: [(identity: SHA256Digest, name: String?)]

  /// The snapshots of containers and images that those left or used, by their paths.
  let snapshots: [(path: String, bytes: [UInt8])]

  /// Finds what is meant.
  ///
  /// - Parameter subjects: activities, containers and images; none for every run.
  /// - Throws: `HistoryError` for what the history does not have.
  init(of subjects: [String], in history: HistoryRepository) throws {
    guard var head = try history.head() else {
      throw HistoryError(code: .noSuchRevision, message: "the history is empty")
    }
    let wanted = try subjects.map { try history.subject(named: $0) }
    // An archive is not about the making of archives, or it would never be the same twice.
    while try history.entry(head).field("Operation") == CompositeOperation.archive.rawValue,
      let parent = try history.entry(head).parents.first
    {
      head = parent
    }
    var entries: [Entry] = []
    var makers: [Entry] = []
    var walk = try history.walk(from: head)
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      guard let id = record.activity.flatMap({ ActivityID($0) }) else { continue }
      let isWanted =
        wanted.isEmpty
        ? record.operation == "run"
        : wanted.contains(where: { $0.isSubject(of: record, id) })
      let isMaker = Self.makers.contains(record.operation ?? "")
      guard isWanted || isMaker else { continue }
      let found = Entry(activity: try history.document(of: id, in: entry.id), commit: entry.id)
      if isWanted { entries.append(found) }
      if isMaker { makers.append(found) }
    }
    guard !entries.isEmpty else {
      throw HistoryError(
        code: .noSuchRevision,
        message: subjects.isEmpty
          ? "the history has no run to archive"
          : "no activity is about \(subjects.joined(separator: ", "))")
    }
    tip = try Self.tip(of: entries, wanted.isEmpty ? head : nil, in: history) ?? head
    time = try history.entry(tip).committerTime
    self.entries = entries.reversed()
    images = Self.images(of: self.entries)
    let made = try Self.making(images.map(\.identity), makers, before: tip, in: history)
    let own = Set(made.map(\.id))
    keepers =
      made.reversed() + self.entries.map(\.activity).filter { !own.contains($0.id) }
    snapshots = try Self.snapshots(of: self.entries, images.map(\.identity), in: history)
  }

  /// The newest of the entries, when it has all others behind it: what came later is not packed.
  private static func tip(
    of entries: [Entry], _ whole: CommitID?, in history: HistoryRepository
  ) throws -> CommitID? {
    if let whole { return whole }
    guard let newest = entries.first?.commit else { return nil }
    for entry in entries.dropFirst() where try !history.isAncestor(entry.commit, of: newest) {
      return nil
    }
    return newest
  }

  /// The operations that make an image and may have kept what of.
  private static let makers: Set<String> = [
    "image.build", "container.commit", "commit", "infect", "label",
  ]

  /// The operations among these, newest first, that the images are from.
  private static func making(
    _ images: [SHA256Digest], _ makers: [Entry], before tip: CommitID,
    in history: HistoryRepository
  ) throws -> [ActivityDocument] {
    var wanted = Set(images.map { IRI.named(by: $0) })
    var found: [ActivityDocument] = []
    for maker in makers {
      let activities = [maker.activity] + maker.activity.parts
      guard activities.flatMap(\.generated).contains(where: { wanted.contains($0.iri) }),
        try history.isAncestor(maker.commit, of: tip)
      else { continue }
      found.append(maker.activity)
      let used = activities.flatMap(\.used).filter { $0.types.contains("docker:Image") }
      wanted.formUnion(used.map(\.iri))
    }
    return found
  }

  private static func images(
    of entries: [Entry]
  ) -> [(identity: SHA256Digest, name: String?)] {
    var found: [(identity: SHA256Digest, name: String?)] = []
    for entry in entries {
      let activity = entry.activity
      let links = ([activity] + activity.parts).flatMap { $0.used + $0.generated }
      for link in links where link.types.contains("docker:Image") {
        guard let identity = IRI.digest(of: link.iri) else { continue }
        let name = link.label.flatMap { identity.hexadecimal.hasPrefix($0) ? nil : $0 }
        if let index = found.firstIndex(where: { $0.identity == identity }) {
          found[index].name = found[index].name ?? name
        } else {
          found.append((identity: identity, name: name))
        }
      }
    }
    return found
  }

  private static func snapshots(
    of entries: [Entry], _ images: [SHA256Digest], in history: HistoryRepository
  ) throws -> [(path: String, bytes: [UInt8])] {
    var found: [String: [UInt8]] = [:]
    for entry in entries {
      let links = ([entry.activity] + entry.activity.parts).flatMap(\.generated)
      let paths =
        links.filter { $0.role == .snapshot }.compactMap(\.label)
        + images.map { Snapshot.path(image: $0) }
      for path in paths where found[path] == nil {
        found[path] = try history.file(at: path, in: entry.commit)
      }
    }
    return found.sorted { $0.key < $1.key }.map { (path: $0.key, bytes: $0.value) }
  }
}

extension ArchiveSelection {
  /// The containers whose snapshots are among those of the tree: not those of runs.
  var containers: [ArchiveIndex.Configured] {
    snapshots.filter { $0.path.hasPrefix("containers/") }.compactMap { snapshot in
      guard let json = try? JSONValue(parsing: snapshot.bytes), let id = json["Id"]?.string else {
        return nil
      }
      return ArchiveIndex.Configured(id: id, name: json["Name"]?.string ?? String(id.prefix(12)))
    }
  }
}

extension Subject {
  /// Whether a commit is about this.
  fileprivate func isSubject(of record: LogRecord, _ activity: ActivityID) -> Bool {
    switch self {
    case .activity(let id, _): return id == activity
    case .commit(let commit): return record.commit == commit.description
    case .configured(let item):
      let key = item.path.split(separator: "/").last?.split(separator: ".").first.map(String.init)
      if item.path.hasPrefix("activities/") {
        return record.activity == key.map { "urn:uuid:\($0)" }
      }
      if item.path.hasPrefix("images/") {
        return record.image == key.map { "sha256:\($0)" } && record.container == nil
      }
      return [record.container, record.network].contains(key)
    }
  }
}

extension HistoryRepository {
  fileprivate func document(
    of id: ActivityID, in commit: CommitID
  ) throws -> ActivityDocument {
    guard let bytes = try activityDocument(id, in: commit) else {
      throw HistoryError(
        code: .corrupt, message: "commit \(commit) names activity \(id) and does not have it")
    }
    do throws(ActivityDocumentError) {
      return try ActivityDocument(parsing: bytes)
    } catch {
      throw HistoryError(code: .corrupt, message: "activity \(id): \(error)")
    }
  }
}
