/// One call of Hash N-Degree Quads, which waits while the nodes that it reaches are hashed.
///
/// The algorithm is recursive as deep as the dataset is, so its calls are kept in an array.
struct NDegreeFrame {
  /// The related blank nodes, in the order of their hashes.
  let related: [(hash: NodeHash, node: Int32)]

  /// Where in `related` the nodes of the next hash begin.
  var position = 0

  /// The data to hash.
  var data: [UInt8] = []

  /// The nodes of the current hash, in the order that is tried.
  var permutation: [Int32] = []

  /// How many identifiers were issued before the nodes of the current hash.
  var issuedCount = 0

  /// The path of the permutation that is tried.
  var path: [UInt8] = []

  /// How many bytes of the path are known to be those of the chosen path.
  private var equalCount = 0

  /// The nodes that the permutation reached first, and how many of them are hashed.
  var reached: [Int32] = []
  var hashedCount = 0

  /// The least path yet, and the identifiers that were issued along it.
  private var chosenPath: [UInt8]?
  var chosenNodes: [Int32] = []

  init(related: [(hash: NodeHash, node: Int32)]) { self.related = related }

  /// Begins with the nodes of the next hash, whose permutations are tried from the least on.
  mutating func beginGroup(issuedCount: Int) {
    let hash = related[position].hash
    permutation.removeAll(keepingCapacity: true)
    while position < related.count, related[position].hash == hash {
      permutation.append(related[position].node)
      position += 1
    }
    permutation.sort()
    self.issuedCount = issuedCount
    chosenPath = nil
  }

  /// Begins with a permutation.
  mutating func beginPath() {
    path.removeAll(keepingCapacity: true)
    reached.removeAll(keepingCapacity: true)
    (equalCount, hashedCount) = (0, 0)
  }

  /// Whether the path is greater than the chosen one, however it goes on.
  mutating func isPathWorse() -> Bool {
    guard let chosenPath else { return false }
    while equalCount < path.count, equalCount < chosenPath.count {
      guard path[equalCount] == chosenPath[equalCount] else {
        return path[equalCount] > chosenPath[equalCount]
      }
      equalCount += 1
    }
    return equalCount < path.count
  }

  /// Makes the path the chosen one when it is the least yet; returns whether it is.
  mutating func choosePath() -> Bool {
    guard !isPathWorse(), path != chosenPath else { return false }
    chosenPath = path
    return true
  }

  /// Ends the nodes of the current hash with their least path.
  mutating func endGroup() {
    data.append(contentsOf: chosenPath ?? [])
    permutation.removeAll(keepingCapacity: true)
  }

  /// Makes the permutation the next greater one; returns false after the last.
  mutating func advancePermutation() -> Bool {
    guard permutation.count > 1,
      let pivot = permutation.indices.dropLast().last(where: {
        permutation[$0] < permutation[$0 + 1]
      }),
      let successor = permutation.indices.last(where: { permutation[$0] > permutation[pivot] })
    else { return false }
    permutation.swapAt(pivot, successor)
    permutation[(pivot + 1)...].reverse()
    return true
  }
}
