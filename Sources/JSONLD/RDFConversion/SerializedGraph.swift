/// The nodes of a graph while it is written as JSON-LD.
struct SerializedGraph {
  /// The nodes in the order in which they were met.
  private(set) var nodes: [SerializedNode] = []

  /// The values that are `rdf:nil`.
  var listEnds: [RDFSerializer.Use] = []

  private var places: [Name: Int] = [:]

  /// Returns the node of that identifier, a new one where there is none.
  mutating func node(_ id: String) -> (node: SerializedNode, isNew: Bool) {
    let name = Name(id)
    if let place = places[name] { return (nodes[place], false) }
    places[name] = nodes.count
    let node = SerializedNode(id: id)
    nodes.append(node)
    return (node, true)
  }
}

/// A node while it is written as JSON-LD.
final class SerializedNode {
  let id: String
  let isBlank: Bool
  var types: [String] = []

  /// The place of the graph that it names.
  var graph: Int?

  /// Whether it is written where it is used, as part of a list or as a string.
  var isAbsorbed = false

  /// The list that it is a cell of, by a number.
  var list: Int?

  private(set) var properties = PropertyTable<[SerializedValue]>()

  init(id: String) {
    self.id = id
    isBlank = id.isBlankNodeIdentifier
  }

  /// Adds a value of a property.
  func add(_ value: SerializedValue, to property: String) {
    properties[property, default: []].append(value)
  }

  /// The only value of a property; nil where there is none or there are several.
  func onlyValue(of property: String) -> SerializedValue? {
    guard let values = properties[property], values.count == 1 else { return nil }
    return values[0]
  }
}

/// A value that may yet become a list or a string: what refers to it sees that.
final class SerializedValue {
  enum Content {
    case value(JSON)
    case reference(String)
    case list([SerializedValue])
  }

  var content: Content

  init(_ content: Content) { self.content = content }
}
