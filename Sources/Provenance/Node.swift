import Canonical

/// A node of a document: what it is, and what is said of it.
///
/// PROV's superclasses are written out beside the classes, for readers that infer nothing.
struct Node: Sendable, Hashable {
  /// The value of a property.
  enum Value: Sendable, Hashable {
    case boolean(Bool)
    case integer(Int64)
    case list([String])
    case node(Node)
    case text(String)
  }

  /// A property and its values, in the order in which they were added.
  struct Statement: Sendable, Hashable {
    let property: Property
    fileprivate(set) var values: [Value]
  }

  /// The node's IRI; a node without one is blank, and written where it is the value.
  let iri: String?
  private(set) var types: Set<String>

  /// One a property, by their names, so that equal nodes are equal however they were made. They
  /// are few, and a dictionary of a type of our own costs the runtime more than all of them.
  private(set) var statements: [Statement] = []

  init(_ iri: String? = nil, _ types: String...) {
    self.iri = iri
    self.types = Set(types)
  }

  /// Says that the property has that value, once.
  mutating func add(_ property: Property, _ value: Value) {
    let index =
      statements.firstIndex { $0.property.name >= property.name } ?? statements.endIndex
    if index == statements.endIndex || statements[index].property != property {
      statements.insert(Statement(property: property, values: [value]), at: index)
    } else if !statements[index].values.contains(value) {
      statements[index].values.append(value)
    }
  }

  mutating func add(_ property: Property, _ text: String?) {
    if let text { add(property, .text(text)) }
  }

  /// Says that the property has all these values: many, of which each may come again.
  mutating func add(_ property: Property, all texts: [String]) {
    guard let first = texts.first else { return }
    add(property, .text(first))
    guard let index = statements.firstIndex(where: { $0.property == property }) else { return }
    var known = Set(statements[index].values)
    for text in texts where known.insert(.text(text)).inserted {
      statements[index].values.append(.text(text))
    }
  }

  mutating func add(_ property: Property, _ number: Int64?) {
    if let number { add(property, .integer(number)) }
  }

  mutating func add(_ property: Property, _ value: Bool) { add(property, .boolean(value)) }

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
    for statement in other.statements {
      for value in statement.values { add(statement.property, value) }
    }
  }

  /// The node in JSON-LD: one value bare, several in an array in the order of their bytes.
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    if let iri { members["@id"] = .string(iri) }
    members["@type"] = Self.bareOrArray(types.sorted().map { .string($0) })
    for statement in statements {
      let written = statement.values.map(Self.json)
      members[statement.property.name] = Self.bareOrArray(
        written.count == 1 ? written : Self.sorted(written))
    }
    return .object(members)
  }

  /// The node as a document, with its context inline.
  func document(in namespaces: [Namespace]) -> JSONValue {
    var context = DocumentContext(namespaces)
    context.define(self)
    var members = json.object ?? [:]
    members["@context"] = context.json
    return .object(members)
  }

  private static func json(_ value: Value) -> JSONValue {
    switch value {
    case .boolean(let value): .bool(value)
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
