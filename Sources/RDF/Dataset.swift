/// A set of quads, in the order in which they were inserted.
///
/// Inserting and looking up take constant time; iterating is as cheap as over an array.
///
/// Source: RDF 1.1 Concepts and Abstract Syntax, section 4.
public struct Dataset: Sendable {
  /// The quads, without doubles, in the order in which they were inserted.
  public private(set) var quads: [Quad] = []

  private var table = QuadTable()

  /// The empty dataset.
  public init() {}

  /// The set of the quads.
  public init(_ quads: some Sequence<Quad>) {
    reserveCapacity(quads.underestimatedCount)
    insert(contentsOf: quads)
  }

  /// Makes room for that many quads.
  public mutating func reserveCapacity(_ count: Int) {
    quads.reserveCapacity(count)
    table.reserveCapacity(count)
  }

  /// Inserts a quad; returns whether it was not in the dataset yet.
  @discardableResult
  public mutating func insert(_ quad: Quad) -> Bool {
    guard table.insert(quad, into: quads) else { return false }
    quads.append(quad)
    return true
  }

  /// Inserts all quads that are not in the dataset yet.
  public mutating func insert(contentsOf quads: some Sequence<Quad>) {
    for quad in quads { insert(quad) }
  }

  /// Whether the quad is in the dataset, blank nodes by their labels.
  public func contains(_ quad: Quad) -> Bool { table.contains(quad, in: quads) }
}

extension Dataset: RandomAccessCollection {
  /// The place of the first quad.
  public var startIndex: Int { 0 }
  /// The place after the last quad.
  public var endIndex: Int { quads.count }
  /// The quad at a place, in the order in which they were added.
  public subscript(position: Int) -> Quad { quads[position] }
}

extension Dataset: Equatable {
  /// Whether both have the same quads in whatever order, blank nodes by their labels.
  public static func == (left: Dataset, right: Dataset) -> Bool {
    left.count == right.count && left.quads.allSatisfy(right.contains)
  }
}

extension Dataset: ExpressibleByArrayLiteral {
  /// A dataset of quads, each once.
  public init(arrayLiteral quads: Quad...) { self.init(quads) }
}
