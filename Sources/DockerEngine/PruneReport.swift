import Canonical

/// What an engine removed when it was asked to remove what nobody uses.
public struct PruneReport: Sendable, Hashable {
  /// The ids of containers, the names of volumes or of networks, in the engine's order.
  public let removed: [String]

  /// The space that this gave back, in bytes.
  public let reclaimedInBytes: Int64

  init(_ answer: JSONValue, _ member: String) {
    removed = answer[member]?.strings ?? []
    reclaimedInBytes = answer["SpaceReclaimed"]?.integer ?? 0
  }
}
