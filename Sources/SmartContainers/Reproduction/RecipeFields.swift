import Canonical

/// The members of an object, each read once. What nobody has read at the end is not said in a form,
/// and its user must be told.
///
/// A member of another type than it should have counts as not read.
struct RecipeFields {
  private var members: [String: JSONValue]

  /// What the names of the members follow: `HostConfig.`.
  private let prefix: String

  init(_ json: JSONValue?, prefix: String = "") {
    members = json?.object ?? [:]
    self.prefix = prefix
  }

  /// The names of the members that nobody has read, in their order.
  var unread: [String] { members.keys.sorted().map { prefix + $0 } }

  /// What a member is, as long as nobody has read it.
  subscript(_ name: String) -> JSONValue? { members[name] }

  /// Reads a member; it stays unread where `convert` returns nil.
  mutating func take<Value>(_ name: String, _ convert: (JSONValue) -> Value?) -> Value? {
    guard let value = members[name].flatMap(convert) else { return nil }
    members[name] = nil
    return value
  }

  mutating func text(_ name: String) -> String? { take(name, \.string) }
  mutating func number(_ name: String) -> Int64? { take(name, \.integer) }
  mutating func truth(_ name: String) -> Bool? { take(name, \.bool) }

  /// Reads a list of texts; none where it is missing.
  mutating func texts(_ name: String) -> [String] {
    take(name) { value in
      value.strings.flatMap { $0.count == value.array?.count ? $0 : nil }
    } ?? []
  }

  /// Reads a map of texts, in the order of the names.
  mutating func pairs(_ name: String) -> [(name: String, value: String)] {
    take(name) { value in
      let texts = value.object?.compactMapValues(\.string)
      return texts?.count == value.object?.count ? texts : nil
    }?.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) } ?? []
  }

  /// Reads the names of a map, in their order: a set as the Engine API writes it.
  mutating func set(_ name: String) -> [String] {
    take(name, \.object)?.keys.sorted() ?? []
  }

  /// Reads a list of objects one by one; the list stays unread with those that `say` returns false
  /// for, and with members that it did not read.
  mutating func each(_ name: String, _ say: (inout RecipeFields) -> Bool) {
    guard let elements = members[name]?.array else { return }
    members[name] = nil
    for (index, element) in elements.enumerated() {
      var fields = RecipeFields(element, prefix: "\(name)[\(index)].")
      let isSaid = element.object != nil && say(&fields)
      if !isSaid {
        members["\(name)[\(index)]"] = element
      } else {
        for (member, value) in fields.members { members["\(name)[\(index)].\(member)"] = value }
      }
    }
  }

  /// Reads an object; members of it that `say` did not read stay unread.
  mutating func object(_ name: String, _ say: (inout RecipeFields) -> Void) {
    guard let value = members[name], value.object != nil else { return }
    var fields = RecipeFields(value)
    say(&fields)
    members[name] = nil
    for (member, value) in fields.members { members["\(name).\(member)"] = value }
  }

  /// Marks something that was read as not said.
  mutating func keep(_ name: String) { members[name] = .null }
}
