import Canonical

/// A node of a document: what it is, and what is said of it.
///
/// PROV's superclasses are written out beside the classes, for readers that infer nothing.
struct Node: Sendable, Hashable {
  /// The value of a property.
  enum Value: Sendable, Hashable {
    case integer(Int64)
    case list([String])
    case node(Node)
    case text(String)
  }

  /// The node's IRI; a node without one is blank, and written where it is the value.
  let iri: String?
  private(set) var types: Set<String>
  private(set) var properties: [Property: [Value]] = [:]

  init(_ iri: String? = nil, _ types: String...) {
    self.iri = iri
    self.types = Set(types)
  }

  /// Says that the property has that value, once.
  mutating func add(_ property: Property, _ value: Value) {
    if properties[property]?.contains(value) != true {
      properties[property, default: []].append(value)
    }
  }

  mutating func add(_ property: Property, _ text: String?) {
    if let text { add(property, .text(text)) }
  }

  mutating func add(_ property: Property, _ number: Int64?) {
    if let number { add(property, .integer(number)) }
  }

  mutating func add(_ property: Property, _ time: Timestamp?) {
    if let time { add(property, .text(time.description)) }
  }

  mutating func add(_ property: Property, _ digest: SHA256Digest?) {
    if let digest { add(property, .text(digest.description)) }
  }

  mutating func add(_ property: Property, list: [String]?) {
    if let list, !list.isEmpty { add(property, .list(list)) }
  }

  /// Adds all that another node says.
  mutating func merge(_ other: Node) {
    types.formUnion(other.types)
    for (property, values) in other.properties {
      for value in values { add(property, value) }
    }
  }

  /// The node in JSON-LD: one value bare, several in an array in the order of their bytes.
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    if let iri { members["@id"] = .string(iri) }
    members["@type"] = Self.bareOrArray(types.sorted().map { .string($0) })
    for (property, values) in properties {
      let written = values.map(Self.json)
      members[property.name] = Self.bareOrArray(
        written.count == 1 ? written : Self.sorted(written))
    }
    return .object(members)
  }

  /// The properties that this node and those within it use.
  var usedProperties: Set<Property> {
    var used = Set(properties.keys)
    for case .node(let inner) in properties.values.joined() {
      used.formUnion(inner.usedProperties)
    }
    return used
  }

  private static func json(_ value: Value) -> JSONValue {
    switch value {
    case .integer(let number): .integer(number)
    case .list(let texts): .array(texts.map { .string($0) })
    case .node(let node): node.json
    case .text(let text): .string(text)
    }
  }

  private static func sorted(_ values: [JSONValue]) -> [JSONValue] {
    values.map { (bytes: $0.bytes(), value: $0) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.value)
  }

  private static func bareOrArray(_ values: [JSONValue]) -> JSONValue {
    if values.count == 1, let only = values.first { only } else { .array(values) }
  }
}
