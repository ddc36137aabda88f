/// The canonicalization of one dataset.
///
/// Source: RDF Dataset Canonicalization 1.0, section 4.4.3.
struct Canonicalizer {
  let index: BlankNodeIndex
  let algorithm: HashAlgorithm

  /// The hash of each blank node by the quads that it is in: Hash First Degree Quads.
  var hashes: [NodeHash] = []

  /// The canonical issuer.
  var canonical: IssuedNodes

  /// The temporary issuer.
  var issuer: IssuedNodes

  /// What is hashed for a related node: kept for its memory.
  var input: [UInt8] = []

  private let limits: CanonicalizationLimits
  private var remainingSteps = 0

  init(
    _ quads: [Quad], _ algorithm: HashAlgorithm, _ limits: CanonicalizationLimits
  ) throws(RDFError) {
    self.algorithm = algorithm
    self.limits = limits
    index = try BlankNodeIndex(quads)
    canonical = IssuedNodes(nodeCount: index.labels.count)
    issuer = IssuedNodes(nodeCount: index.labels.count)
  }

  mutating func form() throws(RDFError) -> CanonicalForm {
    try hashFirstDegreeQuads()
    try issueCanonicalIdentifiers()
    let identifiers = canonical.order.enumerated().map { number, node in
      CanonicalForm.IssuedIdentifier(
        label: index.labels[Int(node)], identifier: "c14n\(number)")
    }
    return CanonicalForm(nQuads: try canonicalLines(), identifiers: identifiers)
  }

  /// Steps 4 and 5: the nodes whose hash is theirs alone first, then the others.
  private mutating func issueCanonicalIdentifiers() throws(RDFError) {
    var order = hashes.indices.map(Int32.init)
    order.sort { [hashes] in hashes[Int($0)] < hashes[Int($1)] }
    var groups: [Range<Int>] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, hashes[Int(order[end])] == hashes[Int(order[start])] { end += 1 }
      if end == start + 1 { canonical.issue(order[start]) } else { groups.append(start..<end) }
      start = end
    }
    let alikeCount = index.labels.count - canonical.order.count
    let steps = alikeCount.multipliedReportingOverflow(by: max(0, limits.stepsPerBlankNode))
    remainingSteps = steps.overflow ? limits.stepCount : min(limits.stepCount, steps.partialValue)
    for group in groups { try issueIdentifiers(toAlike: order[group]) }
  }

  /// Step 5 for the nodes of one hash.
  ///
  /// Every result has all nodes that are connected with the one that it began at. So of the
  /// results that have the same nodes only the first in order issues identifiers, and only that
  /// one is kept.
  private mutating func issueIdentifiers(toAlike nodes: ArraySlice<Int32>) throws(RDFError) {
    var results: [(hash: NodeHash, order: [Int32])] = []
    var resultOfNode: [Int32: Int] = [:]
    for node in nodes where canonical.number(of: node) < 0 {
      issuer.cut(to: 0)
      issuer.issue(node)
      let hash = try hashNDegreeQuads(of: node)
      if let result = resultOfNode[node] {
        if hash < results[result].hash { results[result] = (hash, issuer.order) }
      } else {
        for node in issuer.order { resultOfNode[node] = results.count }
        results.append((hash, issuer.order))
      }
    }
    results.sort { $0.hash < $1.hash }
    for result in results {
      for node in result.order { canonical.issue(node) }
    }
  }

  /// Counts steps of Hash N-Degree Quads.
  mutating func spend(_ steps: Int) throws(RDFError) {
    remainingSteps -= steps
    guard remainingSteps >= 0 else {
      throw RDFError(
        .limitExceeded, "the dataset has too many blank nodes that cannot be told apart")
    }
  }
}
