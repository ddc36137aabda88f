import Canonical
import History
import Provenance

/// An operation that is in the history as done: what the engine's events of its time tell is
/// told already.
struct RecordedSpan: Sendable {
  let operation: String
  let query: [QueryItem]
  let time: ClosedRange<Timestamp>

  /// The id of the container that it was about.
  let container: String?

  /// The id of the image that it was about.
  let image: String?

  /// The id of the network that it was about.
  let network: String?

  /// The name of the volume that it was about.
  let volume: String?

  /// The IRIs of what it ended.
  let invalidated: Set<String>
}

extension HistoryQueue {
  /// Operations that were at work after a time and may be of the same kind as the intended
  /// one, or on the same container, by their ends.
  func spans(of intent: Intent, after time: Timestamp) throws -> [RecordedSpan] {
    var spans: [RecordedSpan] = []
    var walk = try history.walk()
    // A commit has whole seconds, and of several processes the later may commit first.
    let earliest = time.adding(milliseconds: -60_000)
    while let entry = try walk.next(), entry.committerTime > earliest {
      let container = entry.field("Container")
      guard
        entry.field("Operation") == intent.operation
          || entry.field("Operation") == intent.kind + ".prune"
          || container != nil && container == intent.container?.id
          || intent.kind == "volume" && entry.field("Removed") != nil,
        let id = entry.field("Activity").flatMap({ ActivityID($0) }),
        let bytes = try history.activityDocument(id, in: entry.id),
        let document = try? ActivityDocument(parsing: bytes)
      else { continue }
      for event in document.parts + [document]
      where event.outcome == .succeeded && event.endedAt >= time {
        spans.append(
          RecordedSpan(
            operation: event.operation, query: event.plan.request?.query ?? [],
            time: event.startedAt...max(event.startedAt, event.endedAt),
            container: container, image: entry.field("Image"),
            network: entry.field("Network"),
            volume: entry.field("Volume")?.split(separator: "/").last.map(String.init),
            invalidated: Set(event.invalidated.map(\.iri))))
      }
    }
    return spans.sorted { $0.time.upperBound < $1.time.upperBound }
  }
}
