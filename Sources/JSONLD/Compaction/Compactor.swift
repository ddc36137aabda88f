/// Writes an expanded document with the terms of a context.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 6.1, Compaction Algorithm.
struct Compactor {
  let options: ProcessingOptions
  let processor: ContextProcessor
  private var inverses: [ObjectIdentifier: InverseContext] = [:]
  private var depth: DepthGauge

  /// All inverse contexts are forgotten when there are so many, so that memory stays bounded.
  private static let inverseLimit = 256

  init(options: ProcessingOptions, processor: ContextProcessor) {
    self.options = options
    self.processor = processor
    depth = DepthGauge(limit: options.limits)
  }

  /// Returns the compacted form of an expanded document, without its context.
  mutating func compact(
    document: JSON, in context: ActiveContext
  ) throws(JSONLDError) -> JSONObject {
    let context = try inverse(of: context)
    switch try compact(document, of: nil, in: context) {
    case .object(let object): return object
    case .array(let elements) where elements.isEmpty: return JSONObject()
    case let other: return JSONObject(try context.compact("@graph"), other)
    }
  }

  /// Returns the compacted form of the values of a property.
  mutating func compact(
    _ element: JSON, of property: String?, in context: InverseContext
  ) throws(JSONLDError) -> JSON {
    switch element {
    case .array(let elements): try compact(elements, of: property, in: context)
    case .object(let object): try compact(object, of: property, in: context)
    case .null, .bool, .number, .string: element
    }
  }

  private mutating func compact(
    _ elements: [JSON], of property: String?, in context: InverseContext
  ) throws(JSONLDError) -> JSON {
    try processor.budget.take(MemoryBudget.array(elements.count))
    var results: [JSON] = []
    results.reserveCapacity(elements.count)
    for element in elements { results.append(try compact(element, of: property, in: context)) }
    let isSingle =
      results.count == 1 && options.compactsArrays && property != "@graph" && property != "@set"
      && context.container(of: property).isDisjoint(with: [.list, .set])
    return isSingle ? results[0] : .array(results)
  }

  private mutating func compact(
    _ object: JSONObject, of property: String?, in outer: InverseContext
  ) throws(JSONLDError) -> JSON {
    try depth.enter()
    defer { depth.leave() }
    let isValue = object.contains("@value")
    var context = outer
    if let previous = outer.context.previous, !isValue, !object.isReference {
      context = try inverse(of: previous)
    }
    if let property, let definition = outer.context.definition(of: property) {
      context = try scoped(context, by: definition, propagates: true, overridesProtected: true)
    }
    if isValue {
      let value = try context.compact(value: object, of: property)
      return if case .object(let object) = value { try counted(object) } else { value }
    }
    if let reference = try context.compact(reference: object, of: property) {
      return .string(reference)
    }
    if let list = object["@list"], context.container(of: property).contains(.list) {
      return try compact(list, of: property, in: context)
    }
    var node = CompactedNode(property: property, outer: outer, context: context)
    do throws(JSONLDError) {
      node.context = try typeScoped(context, outer: outer, types: object["@type"])
      try compact(object, to: &node)
    } catch { throw error.inNode(object["@id"]?.string) }
    return try counted(node.object)
  }

  /// Returns an object that was made, when there is memory for it.
  func counted(_ object: JSONObject) throws(JSONLDError) -> JSON {
    var byteCount = MemoryBudget.object(object.count)
    for (name, value) in object.members {
      try processor.budget.take(text: name)
      switch value {
      case .array: byteCount += MemoryBudget.array(1)
      case .string(let text): try processor.budget.take(text: text)
      case .null, .bool, .number, .object: break
      }
    }
    try processor.budget.take(byteCount)
    return .object(object)
  }

  /// Returns the context with the scoped contexts of types.
  private mutating func typeScoped(
    _ context: InverseContext, outer: InverseContext, types: JSON?
  ) throws(JSONLDError) -> InverseContext {
    guard let types else { return context }
    var terms: [String] = []
    for case .string(let type) in types.asArray { terms.append(try context.compact(type)) }
    terms.sort { Name($0) < Name($1) }
    var result = context
    for term in terms {
      guard let definition = outer.context.definition(of: term) else { continue }
      result = try scoped(result, by: definition, propagates: false, overridesProtected: false)
    }
    return result
  }

  private mutating func scoped(
    _ context: InverseContext, by definition: TermDefinition, propagates: Bool,
    overridesProtected: Bool
  ) throws(JSONLDError) -> InverseContext {
    guard definition.context != nil else { return context }
    return try inverse(
      of: processor.scoped(
        context.context, by: definition, propagates: propagates,
        overridesProtected: overridesProtected))
  }

  private mutating func inverse(of context: ActiveContext) throws(JSONLDError) -> InverseContext {
    let identity = ObjectIdentifier(context)
    if let inverse = inverses[identity] { return inverse }
    if inverses.count >= Self.inverseLimit { inverses.removeAll() }
    try processor.budget.take(InverseContext.termByteCount * context.mappings.terms.count)
    let inverse = InverseContext(context, options: options)
    inverses[identity] = inverse
    return inverse
  }
}

extension InverseContext {
  /// The containers of the values of a property; none where it is no term.
  func container(of property: String?) -> Container {
    property.flatMap { context.definition(of: $0)?.container } ?? []
  }
}

extension JSONObject {
  /// Whether this does nothing but name a node.
  fileprivate var isReference: Bool { count == 1 && contains("@id") }
}
