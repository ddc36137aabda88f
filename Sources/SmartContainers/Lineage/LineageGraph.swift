import Canonical

/// What a thing or an activity came from, or what came from it: nodes and edges, for any rendering.
///
/// It is PROV without what only keeps its books: the parts of a composite are the composite, the
/// names of an image are the image, and of the states of a container those are kept after which
/// something had been brought in.
public struct LineageGraph: Sendable {
  public enum Direction: String, Sendable, CaseIterable {
    /// What it came from.
    case backward
    /// What came from it.
    case forward
  }

  /// A relation of PROV-O, from what is later to what is earlier.
  public enum Relation: String, Sendable, CaseIterable {
    case used, wasGeneratedBy, wasInformedBy
    case wasDerivedFrom, wasRevisionOf, hadPrimarySource, specializationOf
    /// From a collection that was handed in to what it consists of.
    case hadMember
    /// From what a collection has to the collection that was made: the inverse of `hadMember`.
    case isMemberOf
  }

  public struct Edge: Sendable, Hashable {
    public let from: String
    public let to: String
    public let relation: Relation

    /// Where it was read or written; nil where nothing is said.
    public let place: String?

    /// Where the user had it then; nil where nothing is said.
    let path: String?

    public static func == (left: Edge, right: Edge) -> Bool {
      left.from == right.from && left.to == right.to && left.relation == right.relation
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(from)
      hasher.combine(to)
      hasher.combine(relation)
    }
  }

  /// The IRI of the node that was asked for.
  public let subject: String
  public let direction: Direction
  public internal(set) var nodes: [String: LineageNode] = [:]

  /// Each once for each of its places, in the order in which they were found: the nearest first.
  public internal(set) var edges: [Edge] = []

  /// All of the history, the oldest first: something may be missing.
  public internal(set) var unreadable: [UnreadableActivity] = []

  /// What was found is not exactly what was asked for; nil where it is.
  public internal(set) var note: String?

  init(subject: String, direction: Direction) {
    self.subject = subject
    self.direction = direction
  }

  /// The node that an edge leads to in the direction of this lineage.
  public func target(of edge: Edge) -> String {
    direction == .backward ? edge.to : edge.from
  }

  /// The edges that lead on from a node, by the node.
  public var onward: [String: [Edge]] {
    Dictionary(grouping: edges) { direction == .backward ? $0.from : $0.to }
  }
}
