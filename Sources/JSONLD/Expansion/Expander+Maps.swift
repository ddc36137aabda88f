extension Expander {
  /// Step 13.7: strings by their language.
  func expand(
    languages map: JSONObject, of property: Property, in active: ActiveContext
  ) throws(JSONLDError) -> JSON {
    let direction = direction(of: property.definition, in: active)
    var result: [JSON] = []
    for (language, value) in ordered(map) {
      let isNone = active.mappings.expandIRI(language, isVocabulary: true) == "@none"
      var smallStrings = SmallValues()
      for item in value.asArray where !item.isNull {
        guard case .string = item else {
          throw JSONLDError(.invalidLanguageMapValue, "A language has strings.").inside(language)
        }
        var object = JSONObject("@value", item)
        if !isNone { object.append("@language", .string(language)) }
        if let direction { object.append("@direction", .string(direction.rawValue)) }
        let value = JSON.object(object)
        result.append(item.isSmall() ? smallStrings.shared(value, of: item) : value)
      }
    }
    return .array(result)
  }

  /// Step 13.8: values by their index, id or type.
  func expand(
    map: JSONObject, of property: Property, _ container: Container, in active: ActiveContext
  ) throws(JSONLDError) -> JSON {
    var result: [JSON] = []
    for (index, value) in ordered(map) {
      do throws(JSONLDError) {
        let mapContext = try mapContext(of: index, container, in: active)
        let items = try expand(
          .array(value.asArray), of: property, in: mapContext, isFromMap: true)
        let iri = active.mappings.expandIRI(index, isVocabulary: true)
        let indexing = Indexing(
          index: index, iri: iri == "@none" ? nil : iri,
          id: container.contains(.id) ? try expand(id: .string(index), in: active) : .null,
          property: property.definition?.index, container: container, context: active)
        var smallItems = SmallValues()
        if result.isEmpty { result.reserveCapacity(items?.asArray.count ?? 0) }
        for item in items?.asArray ?? [] {
          let indexed = try indexed(item, indexing)
          result.append(
            item.isSmall(textLimit: 64) ? smallItems.shared(indexed, of: item) : indexed)
        }
      } catch { throw error.inside(index) }
    }
    return .array(result)
  }

  /// Steps 13.8.3.1 to 13.8.3.3.
  private func mapContext(
    of index: String, _ container: Container, in active: ActiveContext
  ) throws(JSONLDError) -> ActiveContext {
    guard !container.isDisjoint(with: [.id, .type]) else { return active }
    let mapContext = active.previous ?? active
    guard container.contains(.type), let definition = mapContext.definition(of: index),
      let context = definition.context
    else { return mapContext }
    var settings = ContextProcessor.Settings()
    settings.baseURL = definition.baseURL
    return try contexts.process(context, in: mapContext, settings)
  }

  /// The member of a map that an item is in.
  private struct Indexing {
    let index: String

    /// The index as an IRI; nil for `@none`.
    let iri: String?

    /// The index as the identifier of a node, made once for all values of the index.
    let id: JSON

    /// The property of which the index is the value, where it is not `@index`.
    let property: String?
    let container: Container
    let context: ActiveContext
  }

  /// Step 13.8.3.7.
  private func indexed(_ item: JSON, _ indexing: Indexing) throws(JSONLDError) -> JSON {
    var item = item
    if indexing.container.contains(.graph), !item.isGraphObject { item = .graph(item) }
    guard let iri = indexing.iri, case .object(var object) = item else { return item }
    let container = indexing.container
    if container.contains(.index), let property = indexing.property {
      try addIndex(property, indexing, to: &object)
    } else if container.contains(.index), !object.contains("@index") {
      object.append("@index", .string(indexing.index))
    } else if container.contains(.id), !object.contains("@id") {
      object.append("@id", indexing.id)
    } else if container.contains(.type) {
      var types: JSON = .array([.string(iri)])
      if let present = object["@type"] { types.append(elementsOf: present) }
      object["@type"] = types
    }
    return .object(object)
  }

  /// Step 13.8.3.7.2: the index as the value of a property.
  private func addIndex(
    _ property: String, _ indexing: Indexing, to object: inout JSONObject
  ) throws(JSONLDError) {
    let active = indexing.context
    let definition = active.definition(of: property)
    guard let iri = active.mappings.expandIRI(property, isVocabulary: true) else { return }
    let value = try expand(value: .string(indexing.index), by: definition, in: active)
    guard !object.contains("@value") else {
      throw JSONLDError(.invalidValueObject, "A value has no property by which it is indexed.")
    }
    var values: JSON = .array([value])
    if let present = object[iri] { values.append(elementsOf: present) }
    object[iri] = values
  }
}
