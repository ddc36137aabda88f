/// Hash N-Degree Quads: hashes a blank node by all that is connected with it.
///
/// Source: RDF Dataset Canonicalization 1.0, sections 4.7 and 4.8.
extension Canonicalizer {
  /// What a call does next.
  private enum Action {
    /// Another node is to be hashed first.
    case hash(Int32)

    case finish(NodeHash)
  }

  /// The hash of the node, which has an identifier; `issuer` has all connected nodes after.
  mutating func hashNDegreeQuads(of node: Int32) throws(RDFError) -> NodeHash {
    var frames = [try frame(of: node)]
    while true {
      switch try advance(&frames[frames.count - 1]) {
      case .hash(let node):
        frames.append(try frame(of: node))
      case .finish(let hash):
        frames.removeLast()
        guard !frames.isEmpty else { return hash }
        take(hash, in: &frames[frames.count - 1])
      }
    }
  }

  /// Steps 1 to 3.
  private mutating func frame(of node: Int32) throws(RDFError) -> NDegreeFrame {
    let quads = index.quads(of: node)
    try spend(1 + quads.count)
    var related: [(hash: NodeHash, node: Int32)] = []
    related.reserveCapacity(quads.count)
    for quad in quads {
      let (nodes, predicate) = (index.nodes[Int(quad)], index.quads[Int(quad)].predicate)
      if nodes.subject >= 0, nodes.subject != node {
        related.append((hashRelated(nodes.subject, UInt8(ascii: "s"), predicate), nodes.subject))
      }
      if nodes.object >= 0, nodes.object != node {
        related.append((hashRelated(nodes.object, UInt8(ascii: "o"), predicate), nodes.object))
      }
      if nodes.graph >= 0, nodes.graph != node {
        related.append((hashRelated(nodes.graph, UInt8(ascii: "g"), predicate), nodes.graph))
      }
    }
    related.sort { $0.hash < $1.hash }
    return NDegreeFrame(related: related)
  }

  /// Hash Related Blank Node.
  private mutating func hashRelated(
    _ node: Int32, _ position: UInt8, _ predicate: Term
  ) -> NodeHash {
    input.removeAll(keepingCapacity: true)
    input.append(position)
    if position != UInt8(ascii: "g"), case .iri(let iri) = predicate {
      input.append(UInt8(ascii: "<"))
      input.append(contentsOf: iri.utf8)
      input.append(UInt8(ascii: ">"))
    }
    if !appendIdentifier(of: node, to: &input) {
      algorithm.append(hashes[Int(node)], to: &input)
    }
    return algorithm.hash(input)
  }

  /// Appends the canonical identifier or else the temporary one; returns false without either.
  private func appendIdentifier(of node: Int32, to bytes: inout [UInt8]) -> Bool {
    let (canonical, temporary) = (canonical.number(of: node), issuer.number(of: node))
    guard canonical >= 0 || temporary >= 0 else { return false }
    bytes.append(contentsOf: (canonical >= 0 ? "_:c14n" : "_:b").utf8)
    bytes.append(contentsOf: String(canonical >= 0 ? canonical : temporary).utf8)
    return true
  }

  /// Steps 4 and 5, as far as they go without the hash of another node.
  private mutating func advance(_ frame: inout NDegreeFrame) throws(RDFError) -> Action {
    while true {
      if frame.hashedCount < frame.reached.count, !frame.isPathWorse() {
        return .hash(frame.reached[frame.hashedCount])
      }
      if !frame.permutation.isEmpty, try endPath(in: &frame) { continue }
      guard frame.position < frame.related.count else {
        return .finish(algorithm.hash(frame.data))
      }
      algorithm.append(frame.related[frame.position].hash, to: &frame.data)
      frame.beginGroup(issuedCount: issuer.order.count)
      try beginPath(in: &frame)
    }
  }

  /// Steps 4.4.1 to 4.4.4: the path of a permutation before other nodes are hashed.
  private mutating func beginPath(in frame: inout NDegreeFrame) throws(RDFError) {
    try spend(frame.permutation.count)
    frame.beginPath()
    for node in frame.permutation {
      if canonical.number(of: node) < 0, issuer.number(of: node) < 0 {
        issuer.issue(node)
        frame.reached.append(node)
      }
      _ = appendIdentifier(of: node, to: &frame.path)
    }
  }

  /// Steps 4.4.5.2 to 4.4.5.5: a node that the path reaches was hashed.
  private mutating func take(_ hash: NodeHash, in frame: inout NDegreeFrame) {
    _ = appendIdentifier(of: frame.reached[frame.hashedCount], to: &frame.path)
    frame.path.append(UInt8(ascii: "<"))
    algorithm.append(hash, to: &frame.path)
    frame.path.append(UInt8(ascii: ">"))
    frame.hashedCount += 1
  }

  /// Steps 4.4.6 to 4.6: chooses the path if it is the least yet, and goes on to the next
  /// permutation; returns false after the last.
  private mutating func endPath(in frame: inout NDegreeFrame) throws(RDFError) -> Bool {
    let isChosen = frame.choosePath()
    if frame.advancePermutation() {
      if isChosen { frame.chosenNodes = Array(issuer.order[frame.issuedCount...]) }
      issuer.cut(to: frame.issuedCount)
      try beginPath(in: &frame)
      return true
    }
    if !isChosen {
      issuer.cut(to: frame.issuedCount)
      for node in frame.chosenNodes { issuer.issue(node) }
    }
    frame.endGroup()
    return false
  }
}
