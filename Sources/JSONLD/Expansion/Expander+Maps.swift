extension Expander {
  /// Step 13.7: strings by their language.
  func expand(
    languages map: JSONObject, of property: Property, in active: ActiveContext
  ) throws(JSONLDError) -> JSON {
    let direction = direction(of: property.definition, in: active)
    var result: [JSON] = []
    for (language, value) in ordered(map) {
      let isNone = isNone(language, in: active)
      var smallStrings = SmallValues()
      try budget.take(MemoryBudget.array(value.asArray.count))
      for item in value.asArray where !item.isNull {
        guard case .string = item else {
          throw JSONLDError(.invalidLanguageMapValue, "A language has strings.").inside(language)
        }
        var object = JSONObject("@value", item)
        if !isNone {
          try budget.say(language)
          object.append("@language", .string(language))
        }
        if let direction { object.append("@direction", .string(direction.rawValue)) }
        if item.isSmall(), let known = smallStrings.known(.object(object), of: item) {
          result.append(known)
        } else {
          result.append(try counted(object))
        }
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
        let indexing = try Indexing(index, property, container, active, self)
        try append(items?.asArray ?? [], indexing, to: &result)
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
    guard container.contains(.type), let definition = mapContext.definition(of: index) else {
      return mapContext
    }
    return try contexts.scoped(
      mapContext, by: definition, propagates: true, overridesProtected: false)
  }

  /// Whether the key of a map says that its values have none.
  fileprivate func isNone(_ key: String, in active: ActiveContext) -> Bool {
    keyword(key, in: active) == Keyword.none
  }

  /// What the key of a map says of its values, made once for all of them.
  private struct Indexing {
    /// What is said of each value, as the document has it.
    let text: String

    /// What is added to each value; nil for `@none`.
    private(set) var member: JSONObject.Member?

    /// Whether the member is added to what the value has of that name, or only where it has none.
    private(set) var isAdded = false

    /// Whether the member may be one of a value object.
    private(set) var isAnnotation = false
    let isInGraph: Bool

    init(
      _ index: String, _ property: Property, _ container: Container, _ active: ActiveContext,
      _ expander: Expander
    ) throws(JSONLDError) {
      text = index
      isInGraph = container.contains(.graph)
      if expander.isNone(index, in: active) { return }
      if container.contains(.index), let property = property.definition?.index {
        guard let iri = try expander.memo.iri(of: property, in: active, expander.budget) else {
          return
        }
        let value = try expander.expand(
          value: .string(index), by: active.definition(of: property), in: active)
        (member, isAdded) = ((iri, .array([value])), true)
      } else if container.contains(.index) {
        (member, isAnnotation) = (("@index", .string(index)), true)
      } else if container.contains(.id) {
        let id = try expander.expand(id: .string(index), in: active)
        (member, isAnnotation) = (("@id", id), true)
      } else if container.contains(.type),
        let iri = try expander.memo.iri(of: index, in: active, expander.budget)
      {
        (member, isAdded, isAnnotation) = (("@type", .array([.string(iri)])), true, true)
      }
    }
  }

  private func append(
    _ items: [JSON], _ indexing: Indexing, to result: inout [JSON]
  ) throws(JSONLDError) {
    try budget.take(MemoryBudget.array(items.count))
    if result.isEmpty { result.reserveCapacity(items.count) }
    var smallItems = SmallValues()
    for item in items {
      try budget.say(indexing.text)
      let indexed = try indexed(item, indexing)
      if item.isSmall(textLimit: 64), let known = smallItems.known(indexed, of: item) {
        result.append(known)
      } else {
        if case .object(let object) = indexed { _ = try counted(object) }
        // The item itself is needed no longer, unless others are the same.
        if case .object(let object) = item, !item.isSmall() {
          budget.giveBack(MemoryBudget.object(object.count))
        }
        result.append(indexed)
      }
    }
    budget.giveBack(MemoryBudget.array(items.count))
  }

  /// Step 13.8.3.7.
  private func indexed(_ item: JSON, _ indexing: Indexing) throws(JSONLDError) -> JSON {
    var item = item
    if indexing.isInGraph, !item.isGraphObject { item = .graph(item) }
    guard let (name, value) = indexing.member, case .object(var object) = item else { return item }
    guard indexing.isAnnotation || !object.contains("@value") else {
      throw JSONLDError(.invalidValueObject, "A value has no property by which it is indexed.")
    }
    let present = object[name]
    if present != nil, !indexing.isAdded { return item }
    var values = value
    if let present { values.append(elementsOf: present) }
    object[name] = values
    return .object(object)
  }
}
