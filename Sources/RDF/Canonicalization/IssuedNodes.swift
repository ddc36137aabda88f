/// An identifier issuer: the blank nodes that got identifiers, in the order in which they did.
///
/// The algorithm copies issuers all the time, but a copy only ever gets more identifiers. So there
/// is one that is cut back where the algorithm would return to an older copy.
///
/// Source: RDF Dataset Canonicalization 1.0, sections 4.3 and 4.5.
struct IssuedNodes {
  /// The nodes; the number of each identifier is its place.
  private(set) var order: [Int32] = []

  /// The number of each node's identifier, -1 for none.
  private var numbers: [Int32]

  init(nodeCount: Int) { numbers = [Int32](repeating: -1, count: nodeCount) }

  /// The number of the node's identifier, -1 for none.
  func number(of node: Int32) -> Int32 { numbers[Int(node)] }

  /// Issues an identifier, unless the node has one; returns its number.
  @discardableResult
  mutating func issue(_ node: Int32) -> Int32 {
    if numbers[Int(node)] < 0 {
      numbers[Int(node)] = Int32(order.count)
      order.append(node)
    }
    return numbers[Int(node)]
  }

  /// Takes back all identifiers but the first ones.
  mutating func cut(to count: Int) {
    for node in order[count...] { numbers[Int(node)] = -1 }
    order.removeSubrange(count...)
  }
}
