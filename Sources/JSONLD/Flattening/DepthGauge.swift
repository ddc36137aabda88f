/// Counts how deep an algorithm is in an expanded document, so that the stack is never the limit.
struct DepthGauge {
  private var depth = 0
  private let limit: Int

  /// Allows what comes of a document of that limit: one level of it is two levels when expanded,
  /// such as a node in the short form of a graph.
  init(limit: ProcessingOptions.Limits) { self.limit = 2 * limit.boundedDepth }

  /// Goes one level down; throws when that is too deep.
  mutating func enter() throws(JSONLDError) {
    guard depth < limit else {
      throw JSONLDError(.limitExceeded, "Values are more than \(limit) deep in one another.")
    }
    depth += 1
  }

  /// Comes back from one level.
  mutating func leave() { depth -= 1 }
}
