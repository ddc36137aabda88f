extension Compactor {
  /// Compacts a value of a property, which may be beside a simple graph.
  mutating func compact(
    _ element: JSON, of name: String, besidesSimpleGraph: Bool, to node: inout CompactedNode
  ) throws(JSONLDError) {
    // Not the node itself: held a second time, it would be copied with each value.
    let place = try place(
      of: name, value: element, in: node.context, isReverse: node.property == "@reverse")
    guard case .object(let object) = element else {
      node.add(try compact(element, of: place.property, in: node.context), at: place)
      return
    }
    if let list = object["@list"] {
      try compact(list: list, object, of: name, at: place, to: &node)
    } else if object.isGraph {
      // What holds the name of a graph cannot be in the map of graphs without one, nor beside it.
      let container = node.context.container(of: place.property)
      let isMisplaced =
        besidesSimpleGraph && object.contains("@id") && container.isSuperset(of: [.graph, .index])
      let place =
        isMisplaced ? try fullPlace(of: name, in: node.context, unless: .graph) : place
      try compact(graph: object, at: place, to: &node)
    } else {
      let container = node.context.container(of: place.property)
      let compacted = try compact(element, of: place.property, in: node.context)
      let isMap = !container.isDisjoint(with: [.language, .index, .id, .type])
      if isMap, !container.contains(.graph) {
        try add(compacted, object, container, at: place, to: &node)
      } else {
        node.add(compacted, at: place)
      }
    }
  }

  private mutating func compact(
    list: JSON, _ object: JSONObject, of name: String, at place: CompactedNode.Place,
    to node: inout CompactedNode
  ) throws(JSONLDError) {
    let context = node.context
    var place = place
    if context.container(of: place.property).contains(.list) {
      if !node.contains(place) {
        let elements = try compact(list, of: place.property, in: context)
        node.set(.array(elements.asArray), at: place)
        return
      }
      place = try fullPlace(of: name, in: context, unless: .list)
    }
    let elements = try compact(list, of: place.property, in: context)
    var wrapper = JSONObject(try context.compact("@list"), .array(elements.asArray))
    if let index = object["@index"] { wrapper[try context.compact("@index")] = index }
    node.add(try counted(wrapper), at: place)
  }

  /// Where values go that the term for the property cannot have: under the IRI itself.
  private func fullPlace(
    of name: String, in context: InverseContext, unless container: Container
  ) throws(JSONLDError) -> CompactedNode.Place {
    guard context.container(of: name).isDisjoint(with: container) else {
      throw JSONLDError(
        container == .list ? .compactionToListOfLists : .compactionToMixedGraphs,
        "\(name) has values that no text of this context keeps apart.")
    }
    try context.checkScheme(of: name)
    return CompactedNode.Place(property: name, isArray: !options.compactsArrays)
  }

  private mutating func compact(
    graph object: JSONObject, at place: CompactedNode.Place, to node: inout CompactedNode
  ) throws(JSONLDError) {
    let context = node.context
    let container = context.container(of: place.property)
    let compacted = try compact(object["@graph"] ?? [], of: place.property, in: context)
    var place = place
    if container.isSuperset(of: [.graph, .id]) {
      if case .string(let id)? = object["@id"] {
        place.key = try context.compact(id: id)
      } else {
        place.key = try context.compact("@none")
      }
      node.add(compacted, at: place)
    } else if container.isSuperset(of: [.graph, .index]), object.isSimpleGraph {
      place.key = try key(object["@index"]?.string, in: context)
      node.add(compacted, at: place)
    } else if container.contains(.graph), object.isSimpleGraph {
      // Several nodes in an array would be several graphs.
      let isSeveral = compacted.asArray.count > 1
      node.add(isSeveral ? [try context.compact("@included"): compacted] : compacted, at: place)
    } else {
      var wrapper = JSONObject(try context.compact("@graph"), compacted)
      if case .string(let id)? = object["@id"] {
        wrapper[try context.compact("@id")] = .string(try context.compact(id: id))
      }
      if let index = object["@index"] { wrapper[try context.compact("@index")] = index }
      node.add(try counted(wrapper), at: place)
    }
  }

  /// The key of a value in a map, also of one that has none.
  private func key(_ key: String?, in context: InverseContext) throws(JSONLDError) -> String {
    if let key { return key }
    return try context.compact("@none")
  }

  /// Adds a compacted value to a map.
  private mutating func add(
    _ compacted: JSON, _ object: JSONObject, _ container: Container,
    at place: CompactedNode.Place, to node: inout CompactedNode
  ) throws(JSONLDError) {
    let context = node.context
    var compacted = compacted
    var key: String?
    if container.contains(.language) {
      compacted = object["@value"] ?? compacted
      key = object["@language"]?.string
    } else if container.contains(.index) {
      if let index = context.context.definition(of: place.property)?.index, index != "@index" {
        // The values may be under the term that the context names, or under what else fits them.
        let iri = context.context.mappings.expandIRI(index, isVocabulary: true) ?? index
        key = compacted.takeFirst(of: index)
        if key == nil { key = compacted.takeFirst(of: try context.compact(iri)) }
      } else {
        key = object["@index"]?.string
      }
    } else if container.contains(.id) {
      key = compacted.takeFirst(of: try context.compact("@id"))
    } else {
      key = compacted.takeFirst(of: try context.compact("@type"))
      if case .object(let rest) = compacted, rest.count == 1, let id = object["@id"],
        rest.contains(try context.compact("@id"))
      {
        compacted = try compact(["@id": id], of: place.property, in: context)
      }
    }
    var place = place
    place.key = try self.key(key, in: context)
    node.add(compacted, at: place)
  }
}

extension JSON {
  /// Takes the first text that is a value of a member out of an object; nil where there is none.
  fileprivate mutating func takeFirst(of name: String) -> String? {
    guard case .object(var object) = self, let values = object[name]?.asArray,
      case .string(let first)? = values.first
    else { return nil }
    object[name] = nil
    for value in values.dropFirst() { object.add(value, to: name, isArray: false) }
    self = .object(object)
    return first
  }
}
