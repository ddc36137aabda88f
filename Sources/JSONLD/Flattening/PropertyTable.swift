/// The properties of a node with what is gathered for each, in the order in which they were met.
///
/// Most nodes have few, which are searched; only where there are more a table of them is made.
struct PropertyTable<Values> {
  private(set) var entries: [(name: String, values: Values)] = []

  private var places: [Name: Int]?

  private static var searchLimit: Int { 12 }

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  /// What is gathered for a property; nil where there is none of that name.
  subscript(_ name: String) -> Values? { place(of: name).map { entries[$0].values } }

  /// Changes what is gathered for a property in place; starts with the default for a new one.
  subscript(_ name: String, default values: @autoclosure () -> Values) -> Values {
    get { self[name] ?? values() }
    _modify {
      let place = place(of: name) ?? entries.count
      if place == entries.count { append(name, values()) }
      yield &entries[place].values
    }
  }

  private func place(of name: String) -> Int? {
    if let places { return places[Name(name)] }
    return entries.firstIndex { $0.name.isSame(as: name) }
  }

  private mutating func append(_ name: String, _ values: Values) {
    entries.append((name, values))
    if places != nil {
      places?[Name(name)] = entries.count - 1
    } else if entries.count > Self.searchLimit {
      places = Dictionary(
        uniqueKeysWithValues: entries.enumerated().map { (Name($1.name), $0) })
    }
  }
}
