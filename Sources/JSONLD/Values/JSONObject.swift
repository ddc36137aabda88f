/// The members of a JSON object, in the order in which they were written; names are unique.
///
/// Looking a member up takes time linear in the count for the few that most objects have, and
/// constant time for more.
public struct JSONObject: Sendable {
  /// A name and its value.
  public typealias Member = (name: String, value: JSON)

  /// The members, in order.
  public private(set) var members: [Member]

  /// Where each name is, once there are so many that a search would be slower.
  private var places: [Name: Int]?

  static let searchLimit = 12

  /// An object without members.
  public init() { members = [] }

  /// Members in order; of those of one name the last counts, in the place of the first.
  public init(_ members: some Sequence<(String, JSON)>) {
    self.init()
    self.members.reserveCapacity(members.underestimatedCount)
    for (name, value) in members { self[name] = value }
  }

  /// An object of one member.
  init(_ name: String, _ value: JSON) { members = [(name, value)] }

  /// How many members there are.
  public var count: Int { members.count }

  /// Whether there is no member.
  public var isEmpty: Bool { members.isEmpty }

  /// The names, in order.
  public var names: some Sequence<String> { members.lazy.map(\.name) }

  /// The value of the member of that name; nil where there is none, and removes it when set.
  ///
  /// Removing takes time linear in the count.
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
      let place = place(of: name) ?? members.count
      if place == members.count { append(name, value()) }
      yield &members[place].value
    }
  }

  /// Whether there is a member of that name.
  public func contains(_ name: String) -> Bool { place(of: name) != nil }

  /// Adds a member at the end; false, and nothing is changed, when the name is taken.
  mutating func insert(_ name: String, _ value: JSON) -> Bool {
    guard place(of: name) == nil else { return false }
    append(name, value)
    return true
  }

  /// Adds a member at the end whose name is known to be new.
  mutating func append(_ name: String, _ value: JSON) {
    members.append((name, value))
    if places != nil {
      places?[Name(name)] = members.count - 1
    } else if members.count > Self.searchLimit {
      index()
    }
  }

  /// Gives back what was held for more members.
  mutating func dropSpareCapacity() { members = members.withoutSpareCapacity }

  mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

  private func place(of name: String) -> Int? {
    if let places { return places[Name(name)] }
    return members.firstIndex { $0.name.isSame(as: name) }
  }

  private mutating func index() {
    places = Dictionary(uniqueKeysWithValues: members.enumerated().map { (Name($1.name), $0) })
  }
}
