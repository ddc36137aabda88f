import Canonical
import History
import Provenance

/// Finds who set the fields of an image: the operation that made it, or, of what it has from the
/// container or the image that it was made of, those who set it there.
///
/// An image that came from elsewhere is recorded first by an operation that only used it, and which set
/// nothing.
struct ImageBlame {
  private let history: HistoryRepository
  private var seen: Set<String> = []
  private(set) var origins: [String: BlameWalk.Origin] = [:]

  init(
    _ history: HistoryRepository, of image: Configured, _ fields: some Sequence<String>,
    from commit: CommitID
  ) throws {
    self.history = history
    try follow(image, Set(fields), commit, isCertain: true)
  }

  private mutating func follow(
    _ image: Configured, _ fields: Set<String>, _ commit: CommitID, isCertain: Bool
  ) throws {
    guard !fields.isEmpty, seen.insert(image.path).inserted else { return }
    var found = try BlameWalk(history, at: image.path, fields, from: commit).origins
    var makers: [(commit: CommitID, thing: LineageDocument.Thing, fields: Set<String>)] = []
    for (commit, fields) in Dictionary(grouping: found, by: \.value.commit) {
      if let thing = try thing(image, in: commit), !thing.generatedBy.isEmpty {
        makers.append((commit, thing, Set(fields.map(\.key))))
      } else {
        for (field, origin) in fields where origin.isFirst { found[field]?.isRecorded = false }
      }
    }
    note(found, isCertain)
    for (maker, thing, fields) in makers {
      var left = fields
      for source in try sources(of: thing, madeBy: maker) {
        let (item, isImage) = source
        let shared = shared(image, item, left)
        left.subtract(shared.keys)
        try follow(item, shared, maker, isImage: isImage, left: &left, image)
      }
    }
    // Another branch of the sources may lead here again with other fields.
    seen.remove(image.path)
  }

  private mutating func follow(
    _ item: Configured, _ shared: [String: Bool], _ commit: CommitID, isImage: Bool,
    left: inout Set<String>, _ image: Configured
  ) throws {
    if isImage {
      let sure = shared.allSatisfy(\.value)
      return try follow(item, Set(shared.keys), commit, isCertain: sure)
    }
    let holder = try self.commit(of: item.path, near: commit) ?? commit
    let found = try BlameWalk(history, at: item.path, shared.keys, from: holder).origins
    note(found, shared.allSatisfy(\.value))
    // What the container had from its image, and what only images have.
    guard let digest = item.configuration["Image"]?.string.flatMap({ SHA256Digest($0) }),
      let base = try snapshot(Snapshot.path(image: digest), near: holder)
    else { return }
    let first = Set(found.filter(\.value.isFirst).keys)
    let given = self.shared(item, base, first)
    let layers = self.shared(image, base, left)
    left.subtract(layers.keys)
    try follow(
      base, Set(given.keys).union(layers.keys), holder,
      isCertain: given.allSatisfy(\.value) && layers.allSatisfy(\.value))
  }

  private mutating func note(_ found: [String: BlameWalk.Origin], _ isCertain: Bool) {
    for (field, origin) in found {
      origins[field] = origin
      origins[field]?.isCertain = origin.isCertain && isCertain
    }
  }

  /// The fields that both have with the same value, and whether that is sure.
  private func shared(
    _ item: Configured, _ source: Configured, _ fields: Set<String>
  ) -> [String: Bool] {
    // Of a container and an image only that is compared which both can have.
    let isMixed =
      (item.configuration["RootFS"] == nil) != (source.configuration["RootFS"] == nil)
    let there =
      isMixed
      ? Set(source.fields.map(\.name)).intersection(item.fields.map(\.name))
      : Set(source.allFields.map(\.name))
    let changes = ConfigurationDiff.compare(source.configuration, item.configuration)
    let kinds = Dictionary(changes.map { ($0.field, $0.kind) }, uniquingKeysWith: { $1 })
    var shared: [String: Bool] = [:]
    for field in fields where there.contains(field) {
      if kinds[field] == nil { shared[field] = true }
      if kinds[field] == .notComparable { shared[field] = false }
    }
    return shared
  }

  /// What the operation of a commit says of an image; nil where it says nothing.
  private func thing(
    _ image: Configured, in commit: CommitID
  ) throws -> LineageDocument.Thing? {
    let digits = image.path.split(separator: "/").last?.split(separator: ".").first ?? ""
    guard let digest = SHA256Digest(String(digits)),
      let id = LogRecord(try history.entry(commit)).activity.flatMap({ ActivityID($0) }),
      let bytes = try history.activityDocument(id, in: commit),
      let document = try? LineageDocument(parsing: bytes)
    else { return nil }
    return document.things[IRI.named(by: digest)]
  }

  /// What an image was made of: containers first, which have more to say.
  private func sources(
    of thing: LineageDocument.Thing, madeBy commit: CommitID
  ) throws -> [(Configured, isImage: Bool)] {
    var sources: [(Configured, isImage: Bool)] = []
    for (relation, source) in thing.derivations where relation == .wasDerivedFrom {
      if source.hasPrefix(LineageKind.containerPrefix) {
        let id = String(source.dropFirst(LineageKind.containerPrefix.utf8.count))
        let paths = [
          Snapshot.path(container: id), LogRecord(try history.entry(commit)).transientSnapshotPath,
        ].compactMap { $0 }
        for path in paths {
          guard let found = try snapshot(path, near: commit) else { continue }
          sources.insert((found, false), at: 0)
          break
        }
      } else if let base = SHA256Digest(namingInformation: source),
        let found = try snapshot(Snapshot.path(image: base), near: commit)
      {
        sources.append((found, true))
      }
    }
    return sources
  }

  /// A snapshot as of a commit, or of the one before that took it away.
  private func snapshot(_ path: String, near commit: CommitID) throws -> Configured? {
    guard let holder = try self.commit(of: path, near: commit) else { return nil }
    return try history.configured(at: path, titled: path, in: holder)
  }

  private func commit(of path: String, near commit: CommitID) throws -> CommitID? {
    for candidate in [commit] + (try history.entry(commit).parents)
    where try history.version(at: path, in: candidate) != nil {
      return candidate
    }
    return nil
  }
}
