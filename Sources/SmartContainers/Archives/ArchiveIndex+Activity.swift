import Canonical
import History
import Provenance

// What the index says of an activity follows from its document: from it the index is made, and against
// it that of somebody else's archive is held.
extension ArchiveIndex.Run {
  /// A run, its files without their places in the archive.
  init(_ activity: ActivityDocument) {
    let image = ([activity] + activity.parts).flatMap(\.used)
      .first { $0.types.contains("docker:Image") }.flatMap { IRI.digest(of: $0.iri) }
    let folder = ([activity] + activity.parts).lazy
      .compactMap { $0.plan.request?.body?["WorkingDir"]?.string }.first
    self.init(
      activity: activity.id.iri, image: image?.description ?? "", folder: folder ?? "/",
      inputs: Self.files(of: activity, .input).map(\.file),
      outputs: Self.files(of: activity, .output).map(\.file))
  }

  /// The files that an activity read or left, and what it says of each.
  static func files(
    of activity: ActivityDocument, _ role: Role
  ) -> [(file: ArchiveIndex.File, link: ActivityDocument.Link)] {
    (role == .input ? activity.used : activity.generated)
      .filter { $0.role == role && $0.types.contains("ce:File") }
      .compactMap { link in ArchiveIndex.File(link).map { (file: $0, link: link) } }
  }

  /// The same without the places in the archive.
  var unplaced: ArchiveIndex.Run {
    var run = self
    for index in run.inputs.indices { run.inputs[index].path = nil }
    for index in run.outputs.indices { run.outputs[index].path = nil }
    return run
  }

  /// Whether both say the same of a run, byte by byte: Swift's strings are equal in both Unicode forms.
  func isSame(as other: ArchiveIndex.Run) -> Bool {
    json.bytes().elementsEqual(other.json.bytes())
  }
}

extension ArchiveIndex.File {
  /// What an activity says of a file; nil where it does not say where it was.
  init?(_ link: ActivityDocument.Link) {
    guard let digest = IRI.digest(of: link.iri), let path = link.path else { return nil }
    self.init(
      path: nil, digest: digest.description, byteCount: link.byteCount ?? 0, hostPath: path,
      containerPath: link.containerPath ?? path)
  }
}

extension ArchiveFindings {
  /// What the index says of activities must be what the history of the archive says of them.
  mutating func checkIndex(_ index: ArchiveIndex, _ history: HistoryRepository) throws {
    var walk = try history.walk()
    let activities = Set(index.runs.map(\.activity) + index.kept.map(\.activity))
    var documents: [String: ActivityDocument] = [:]
    while documents.count < activities.count, let entry = try walk.next() {
      guard let id = LogRecord(entry).activity.flatMap({ ActivityID($0) }),
        activities.contains(id.iri), let bytes = try history.activityDocument(id, in: entry.id)
      else { continue }
      documents[id.iri] = try? ActivityDocument(parsing: bytes)
    }
    for run in index.runs {
      guard let document = documents[run.activity] else {
        add("data/\(ArchiveIndex.path) has the run \(run.activity), which the history has not")
        continue
      }
      if !run.unplaced.isSame(as: ArchiveIndex.Run(document)) {
        add(
          "data/\(ArchiveIndex.path) says something else of the run \(run.activity) than the history"
        )
      }
    }
    for kept in index.kept {
      let links = documents[kept.activity].map { [$0] + $0.parts } ?? []
      let isThere = links.flatMap { $0.used + $0.generated }.contains { link in
        link.pointerPath != nil && link.role?.rawValue == kept.role
          && IRI.digest(of: link.iri)?.description == kept.digest
      }
      if !isThere {
        add(
          "data/\(ArchiveIndex.path) has a \(kept.role) of \(kept.activity), which the history has not"
        )
      }
    }
  }
}
