/// Gathers the nodes of an expanded document.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.2, Node Map Generation.
struct NodeMapGenerator {
  private var map = NodeMap()
  private let options: ProcessingOptions
  private let budget: MemoryBudget
  private var blankNodes = BlankNodeIssuer(prefix: "_:b")
  private var depth: DepthGauge

  init(options: ProcessingOptions, budget: MemoryBudget) {
    self.options = options
    self.budget = budget
    depth = DepthGauge(limit: options.limits)
  }

  /// Returns all that was added.
  consuming func finish() -> NodeMap { map }

  /// Adds the nodes of a document, or of a graph, to the graph at that place.
  mutating func add(_ elements: [JSON], to graph: Int = 0) throws(JSONLDError) {
    for case .node(let object)? in elements.lazy.map({ ExpandedElement($0) }) {
      try fill(place(of: object, in: graph), from: object)
    }
  }

  private mutating func place(
    of object: JSONObject, in graph: Int
  ) throws(JSONLDError) -> NodeMap.Place {
    // The labels of types come before that of the node.
    for case .string(let type) in object["@type"]?.asArray ?? [] { _ = relabelled(type) }
    let id: String? =
      switch object["@id"] {
      case .string(let id)?: relabelled(id)
      case nil: blankNodes.fresh()
      default: nil
      }
    let count = map.graphs[graph].nodes.count
    let place = map.place(of: id, in: graph)
    if map.graphs[graph].nodes.count > count { try budget.take(Self.nodeByteCount) }
    return place
  }

  /// How many bytes a node takes in the map, and its identifier to be found by.
  private static let nodeByteCount = 256

  /// How many bytes a property takes in a node, without its values.
  private static let propertyByteCount = 160

  /// How many bytes a value takes in a property, to be found by as well.
  private static let valueByteCount = 48

  private mutating func relabelled(_ id: String) -> String {
    id.isBlankNodeIdentifier ? blankNodes.label(for: id) : id
  }

  private mutating func fill(
    _ place: NodeMap.Place, from object: JSONObject
  ) throws(JSONLDError) {
    try depth.enter()
    defer { depth.leave() }
    var members = object.members
    if options.isOrdered { members.sort { Name($0.name) < Name($1.name) } }
    for (name, value) in members {
      switch name {
      case "@id": break
      case "@type": addTypes(value, to: place)
      case "@index":
        guard map[place].setIndex(value) else {
          throw JSONLDError.conflictingIndexes(of: object["@id"]?.string)
        }
      case "@reverse": try addReferences(value, to: place)
      case "@graph":
        // A graph whose name cannot be written is no part of the result, but its nodes are looked
        // through all the same: they may conflict.
        try add(value.asArray, to: map.graph(map[place].id))
      case "@included": try add(value.asArray, to: place.graph)
      default: try addProperty(relabelled(name), value, to: place)
      }
    }
  }

  private mutating func addTypes(_ types: JSON, to place: NodeMap.Place) {
    for case .string(let type) in types.asArray { map[place].addType(.string(relabelled(type))) }
  }

  /// Adds the node to the properties of those that refer to it.
  private mutating func addReferences(
    _ properties: JSON, to place: NodeMap.Place
  ) throws(JSONLDError) {
    for (name, values) in properties.object?.members ?? [] {
      let property = relabelled(name)
      for case .node(let object)? in values.asArray.lazy.map({ ExpandedElement($0) }) {
        let source = try self.place(of: object, in: place.graph)
        try budget.take(Self.propertyByteCount + MemoryBudget.object(1))
        if let reference = map[place].reference { map[source].add(reference, to: property) }
        try fill(source, from: object)
      }
    }
  }

  private mutating func addProperty(
    _ property: String, _ values: JSON, to place: NodeMap.Place
  ) throws(JSONLDError) {
    map[place].add(property)
    try budget.take(Self.propertyByteCount + Self.valueByteCount * values.asArray.count)
    for element in values.asArray {
      switch ExpandedElement(element) {
      case .value(let object)?: map[place].add(value(object), to: property)
      case .list(let elements)?:
        let list = try list(elements, in: place.graph)
        map[place].addList(list, to: property)
      case .node(let object)?:
        let target = try self.place(of: object, in: place.graph)
        try budget.take(MemoryBudget.object(1))
        if let reference = map[target].reference { map[place].add(reference, to: property) }
        try fill(target, from: object)
      case nil: break
      }
    }
  }

  private mutating func list(_ elements: [JSON], in graph: Int) throws(JSONLDError) -> JSON {
    try depth.enter()
    defer { depth.leave() }
    try budget.take(MemoryBudget.object(1) + MemoryBudget.array(elements.count))
    var list: [JSON] = []
    list.reserveCapacity(elements.count)
    for element in elements {
      switch ExpandedElement(element) {
      case .value(let object)?: list.append(value(object))
      case .list(let elements)?: list.append(try self.list(elements, in: graph))
      case .node(let object)?:
        let place = try place(of: object, in: graph)
        try budget.take(MemoryBudget.object(1))
        if let reference = map[place].reference { list.append(reference) }
        try fill(place, from: object)
      case nil: break
      }
    }
    return ["@list": .array(list)]
  }

  private mutating func value(_ object: JSONObject) -> JSON {
    guard case .string(let type)? = object["@type"], type.isBlankNodeIdentifier else {
      return .object(object)
    }
    var relabelled = object
    relabelled["@type"] = .string(blankNodes.label(for: type))
    return .object(relabelled)
  }
}

extension Node {
  /// How other nodes refer to it; nil where that cannot be written.
  fileprivate var reference: JSON? { id.map { ["@id": .string($0)] } }
}

extension JSONLDError {
  /// The error that one node has two indexes.
  static func conflictingIndexes(of id: String?) -> Self {
    Self(.conflictingIndexes, "The node has two different values of @index.").inNode(id)
  }
}
