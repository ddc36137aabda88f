/// What a document says of one node in one graph.
struct Node {
  /// The IRI or blank node identifier; nil for a node that cannot be written.
  let id: String?

  private(set) var types = ValueSet()

  private(set) var index: JSON?

  private var properties: [Property] = []

  private var places: [Name: Int] = [:]

  private struct Property {
    let name: String
    var values = ValueSet()
  }

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

  /// Makes sure that it has the property, with no values if there are none.
  mutating func add(_ property: String) { _ = place(of: property) }

  /// Adds a value of a property, unless it is there already.
  mutating func add(_ value: JSON, to property: String) {
    properties[place(of: property)].values.insert(value)
  }

  /// Adds a list to a property, also when there is an equal one.
  mutating func addList(_ list: JSON, to property: String) {
    properties[place(of: property)].values.append(list)
  }

  /// Adds all that is said of another node of the same identifier; its index is the one that counts.
  mutating func merge(_ other: Node) {
    other.types.values.forEach { types.insert($0) }
    index = other.index ?? index
    for property in other.properties {
      let place = place(of: property.name)
      property.values.values.forEach { properties[place].values.insert($0) }
    }
  }

  /// The node as an object of an expanded document.
  var object: JSONObject {
    var object = JSONObject()
    if let id { object["@id"] = .string(id) }
    if !types.isEmpty { object["@type"] = .array(types.values) }
    object["@index"] = index
    for property in properties { object[property.name] = .array(property.values.values) }
    return object
  }

  private mutating func place(of property: String) -> Int {
    if let place = places[Name(property)] { return place }
    places[Name(property)] = properties.count
    properties.append(Property(name: property))
    return properties.count - 1
  }
}
