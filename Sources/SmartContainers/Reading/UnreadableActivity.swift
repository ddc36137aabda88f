/// An activity whose document is none, in a history that others have written to.
public struct UnreadableActivity: Sendable, Equatable {
  /// The IRI of the activity.
  public let activity: String
  public let reason: String
}
