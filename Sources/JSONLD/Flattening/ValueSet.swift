/// Values in the order in which they were added, each once.
struct ValueSet {
  private(set) var values: [JSON] = []

  /// The same values, once there are so many that a search would be slower.
  private var known: Set<JSON> = []

  private static let searchLimit = 8

  var isEmpty: Bool { values.isEmpty }

  /// Adds a value unless it is there already.
  mutating func insert(_ value: JSON) {
    if values.count < Self.searchLimit {
      if !values.contains(value) { values.append(value) }
      return
    }
    if known.isEmpty { known = Set(values) }
    if known.insert(value).inserted { values.append(value) }
  }

  /// Adds a value also when it is there already, as lists are.
  mutating func append(_ value: JSON) {
    values.append(value)
    if !known.isEmpty { known.insert(value) }
  }
}
