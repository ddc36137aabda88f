import Canonical

/// An activity or a thing of a lineage.
public struct LineageNode: Sendable {
  /// What the history has of it.
  public enum Status: Sendable, Equatable {
    case recorded
    /// It is spoken of, and not described in this history.
    case missing
    /// Its document cannot be read.
    case unreadable(reason: String)
  }

  /// Operations that brought nothing in and nothing out.
  public struct Steps: Sendable, Equatable {
    public let operation: String
    public let count: Int

    public init(operation: String, count: Int) {
      self.operation = operation
      self.count = count
    }
  }

  /// What is known of an activity.
  public struct Activity: Sendable {
    /// `container.commit`, `run` …
    public let operation: String
    public let startedAt: Timestamp?
    public let endedAt: Timestamp?

    /// `succeeded`, `failed`, `unknown`; nil where nothing is said.
    public let outcome: String?
    public let exitCode: Int?

    /// The arguments as typed, redacted; empty for none.
    public let command: [String]

    /// The names of the persons, else of the accounts.
    public let people: [String]
  }

  /// The IRI in the documents. A container that had something brought in is the state after that.
  public let iri: String

  /// `activity`, `archive`, `collection`, `container`, `file`, `image`, `standardOutput` …; `thing`
  /// for what no document says more about.
  public let kind: String

  /// What people call it; the IRI where nobody gave it a name.
  public let label: String

  /// The digest that identifies it, `sha256:…`; nil when none does.
  public let digest: String?

  /// Where the user had it; nil where nothing is said.
  public let place: String?
  public let byteCount: Int64?

  /// Nil for a thing.
  public let activity: Activity?

  /// The container's IRI, for a container and its states.
  public let container: String?
  public let status: Status

  /// Bytes of which there are none: the same everywhere, and of no origin.
  public let isEmpty: Bool

  /// What else was done with the container, up to its use here; in the order of their names.
  public internal(set) var steps: [Steps] = []

  /// How many older activities made the same or, in a lineage forward, used it, which are left out.
  public internal(set) var omitted = 0

  /// Whether it was not followed, because it is as far away as was asked for.
  public internal(set) var isCut = false
}
