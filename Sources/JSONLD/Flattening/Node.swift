/// What a document says of one node in one graph.
struct Node {
  /// The IRI or blank node identifier; nil for a node that cannot be written.
  let id: String?

  private(set) var types = ValueSet()

  private(set) var index: JSON?

  private var properties = PropertyTable<ValueSet>()

  init(id: String?) { self.id = id }

  /// Whether nothing is said of it.
  var isEmpty: Bool { types.isEmpty && index == nil && properties.isEmpty }

  /// Adds a type, an IRI or a blank node identifier.
  mutating func addType(_ type: JSON) { types.insert(type) }

  /// Sets the index; false, and nothing is changed, when it has another one.
  mutating func setIndex(_ index: JSON) -> Bool {
    if let own = self.index, own != index { return false }
    self.index = index
    return true
  }

  /// Adds a value of a property, unless it is there already.
  mutating func add(_ value: JSON, to property: String) {
    properties[property, default: ValueSet()].insert(value)
  }

  /// Adds a list to a property, also when there is an equal one.
  mutating func addList(_ list: JSON, to property: String) {
    properties[property, default: ValueSet()].append(list)
  }

  /// Makes sure that it has the property, with no values if there are none.
  mutating func add(_ property: String) {
    if properties[property] == nil { properties[property, default: ValueSet()] = ValueSet() }
  }

  /// The node as an object of an expanded document.
  var object: JSONObject {
    var object = JSONObject()
    if let id { object["@id"] = .string(id) }
    if !types.isEmpty { object["@type"] = .array(types.values) }
    object["@index"] = index
    for (name, values) in properties.entries { object[name] = .array(values.values) }
    return object
  }
}
