import Canonical

/// What a smart image says of itself in its label: how it came to be, and what stands in it.
///
/// A label is a part of the configuration, whose digest names the image; so it names the image by
/// the activity that made it. That activity's document in the history names the image's digests.
package struct SmartImage: Sendable, Hashable {
  /// The activity that made the image.
  package var activity: ActivityID

  /// What was done: `infect`, `commit`.
  package var operation: String
  package var startedAt: Timestamp
  package var participants: Activity.Participants

  /// The image or container that it was made of.
  package var source: Entity

  /// The file that holds the activities before.
  package var history: Content

  /// The file that tells the ways into its containers.
  package var entries: Content

  package init(
    activity: ActivityID, operation: String, startedAt: Timestamp,
    participants: Activity.Participants, source: Entity, history: Content, entries: Content
  ) {
    self.activity = activity
    self.operation = operation
    self.startedAt = startedAt
    self.participants = participants
    self.source = source
    self.history = history
    self.entries = entries
  }

  /// The name of the image that an activity makes.
  package static func iri(madeBy activity: ActivityID) -> String { "\(activity.iri)#image" }

  /// The document: plain PROV-O as JSON-LD, with its context inline.
  package var json: JSONValue {
    var graph = Graph()
    participants.describe(during: activity, in: &graph)
    var node = Node(activity.iri, "prov:Activity", "ca:Operation")
    node.add(.operation, operation)
    node.add(.startedAtTime, startedAt)
    node.add(.used, source.iri)
    participants.describeAssociations(in: &node)
    graph.add(node)
    graph.add(source.node)
    var image = Node(
      Self.iri(madeBy: activity), "prov:Entity", "docker:Image", "sc:SmartImage")
    image.add(.wasGeneratedBy, activity.iri)
    image.add(.wasDerivedFrom, source.iri)
    image.add(.history, history.iri)
    image.add(.entryDocument, entries.iri)
    graph.add(image)
    graph.add(history.node)
    graph.add(entries.node)
    return graph.json
  }
}
