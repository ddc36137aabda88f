import Canonical
import History
import Provenance

/// What a container or an image owes its existence to, followed back through a history, newest
/// first: what was done with it, with the containers and images that it was made of, and so on.
struct Ancestry: Sendable {
  /// Full ids.
  private var containers: Set<String> = []

  /// Digests, `sha256:…`.
  private var images: Set<String> = []

  init(of object: EngineObject) {
    images.insert(object.imageID)
    if object.kind == .container { containers.insert(object.id) }
  }

  /// The operations that make an image or give it a name; others only use one.
  private static let makings: Set<String> = [
    "commit", "container.commit", "image.build", "image.import", "image.load", "image.pull",
    "image.tag", "infect", "label",
  ]

  /// The operations that leave a container as it was.
  private static let readings: Set<String> = ["container.copyOut", "container.export"]

  /// Whether it owes something to what a record tells of. What failed may have left something: a
  /// run whose command ends with another code than 0 has failed.
  func includes(_ record: LogRecord) -> Bool {
    guard let operation = record.operation, !Self.readings.contains(operation) else {
      return false
    }
    if let container = record.container, containers.contains(container) { return true }
    guard let image = record.image, images.contains(image) else { return false }
    return Self.makings.contains(operation)
  }

  /// Follows what an activity used to make it.
  mutating func follow(_ activity: ActivityDocument) {
    for event in [activity] + activity.parts
    where Self.makings.contains(event.operation) || event.operation == "container.create" {
      for link in event.used {
        if link.types.contains("docker:Image"), let digest = IRI.digest(of: link.iri) {
          images.insert(digest.description)
        } else if link.types.contains("docker:Container"),
          let id = link.iri.split(separator: "/").last
        {
          containers.insert(String(id))
        }
      }
    }
  }
}

extension HistoryRepository {
  /// The documents of the activities to which a container or an image owes what it is, the oldest
  /// first; of more than fit the newest.
  func ancestry(
    of object: EngineObject, upTo byteLimit: Int
  ) throws -> [(id: ActivityID, bytes: [UInt8])] {
    guard try head() != nil else { return [] }
    var ancestry = Ancestry(of: object)
    var documents: [(id: ActivityID, bytes: [UInt8])] = []
    var byteCount = 0
    try log(LogFilter()) { record in
      guard ancestry.includes(record), let id = record.activity.flatMap({ ActivityID($0) }),
        let bytes = try activityDocument(id, in: CommitID(record.commit))
      else { return true }
      if let activity = try? ActivityDocument(parsing: bytes) { ancestry.follow(activity) }
      documents.append((id, bytes))
      byteCount += bytes.count
      return byteCount < byteLimit
    }
    return documents.reversed()
  }
}
