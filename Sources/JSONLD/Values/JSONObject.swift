/// The members of a JSON object, in the order in which they were written; names are unique.
///
/// Looking a member up takes time linear in the count for the few that most objects have, and
/// constant time for more.
public struct JSONObject: Sendable {
  public typealias Member = (name: String, value: JSON)

  /// The members, in order.
  public private(set) var members: [Member]

  /// Where each name is, once there are so many that a search would be slower.
  private var places: [String: Int]?

  private static let searchLimit = 12

  public init() { members = [] }

  /// Members in order; of those of one name the last counts, in the place of the first.
  public init(_ members: some Sequence<(String, JSON)>) {
    self.init()
    for (name, value) in members { self[name] = value }
  }

  public var count: Int { members.count }
  public var isEmpty: Bool { members.isEmpty }

  /// The names, in order.
  public var names: some Sequence<String> { members.lazy.map(\.name) }

  /// The value of the member of that name; nil where there is none, and removes it when set.
  public subscript(_ name: String) -> JSON? {
    get { place(of: name).map { members[$0].value } }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil):
        members.remove(at: place)
        if places != nil { index() }
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  /// Changes the value of a member in place, without a copy; the default where there is none.
  public subscript(_ name: String, default value: @autoclosure () -> JSON) -> JSON {
    get { self[name] ?? value() }
    _modify {
      if place(of: name) == nil { append(name, value()) }
      yield &members[place(of: name) ?? 0].value
    }
  }

  private func place(of name: String) -> Int? {
    if let places { return places[name] }
    return members.firstIndex { $0.name == name }
  }

  private mutating func append(_ name: String, _ value: JSON) {
    members.append((name, value))
    if places != nil {
      places?[name] = members.count - 1
    } else if members.count > Self.searchLimit {
      index()
    }
  }

  private mutating func index() {
    places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
  }
}
