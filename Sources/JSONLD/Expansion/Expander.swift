/// Expands one document.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.1, Expansion.
final class Expander {
  let contexts: ContextProcessor
  let budget: MemoryBudget
  let mode: ProcessingOptions.Mode
  let isOrdered: Bool

  /// Against what the IRIs of remote contexts are resolved.
  let baseURL: String?

  /// The IRIs of properties and types.
  var memo = VocabularyMemo()

  /// What short values become.
  var smallValues = SmallValues()

  init(contexts: ContextProcessor, options: ProcessingOptions, baseURL: String?) {
    self.contexts = contexts
    budget = contexts.budget
    self.baseURL = baseURL
    mode = options.mode
    isOrdered = options.isOrdered
  }

  /// Returns the IRI that was put together of a text, when there is memory for it.
  func counted(_ iri: String?, of text: String) throws(JSONLDError) -> String? {
    if let iri { try budget.take(iri: iri, of: text) }
    return iri
  }

  /// Returns an object that was made, when there is memory for it.
  func counted(_ object: JSONObject) throws(JSONLDError) -> JSON {
    try budget.take(MemoryBudget.object(object.count))
    return .object(object)
  }

  /// Returns what was made of a value, in the memory of what was made of an equal one where both
  /// are small.
  ///
  /// - Parameter mark: of before it was made.
  private func shared(_ result: JSON, of value: JSON, since mark: MemoryBudget.Mark) -> JSON {
    guard budget.isLittle(since: mark), value.isSmall(),
      let known = smallValues.known(result, of: result)
    else { return result }
    budget.giveBack(to: mark)
    return known
  }

  /// The property of which a value is expanded: a term, a keyword or, at the top, none.
  struct Property {
    let name: String?
    let definition: TermDefinition?

    /// Whether values without a node are nothing here.
    var isTop: Bool { name == nil || name == "@graph" }

    static let none = Property(name: nil, definition: nil)

    static func keyword(_ keyword: Keyword) -> Property {
      Property(name: keyword.rawValue, definition: nil)
    }
  }

  /// Returns the expanded form of a value; nil for what is nothing.
  ///
  /// `isFromMap` says that it is the value of an index, id or type map.
  func expand(
    _ element: JSON, of property: Property, in active: ActiveContext, isFromMap: Bool = false
  ) throws(JSONLDError) -> JSON? {
    switch element {
    case .null: return nil
    case .array(let elements):
      return try expand(elements, of: property, in: active, isFromMap: isFromMap)
    case .object(let object):
      try contexts.descend()
      defer { contexts.ascend() }
      return try expand(object, of: property, in: active, isFromMap: isFromMap)
    case .bool, .number, .string:
      if property.isTop { return nil }
      guard property.definition?.context != nil else {
        return try expand(value: element, by: property.definition, in: active)
      }
      let scoped = try scopedContext(of: property, in: active)
      return try expand(
        value: element, by: property.name.flatMap { scoped.definition(of: $0) }, in: scoped)
    }
  }

  /// Step 5.
  private func expand(
    _ elements: [JSON], of property: Property, in active: ActiveContext, isFromMap: Bool
  ) throws(JSONLDError) -> JSON {
    try contexts.descend()
    defer { contexts.ascend() }
    try budget.take(MemoryBudget.array(elements.count))
    var result: [JSON] = []
    result.reserveCapacity(elements.count)
    let isList = property.definition?.container.contains(.list) ?? false
    for (place, element) in elements.enumerated() {
      let mark = budget.mark
      do throws(JSONLDError) {
        switch try expand(element, of: property, in: active, isFromMap: isFromMap) {
        case nil: break
        case .array(let items)? where isList:
          let list = try counted(JSONObject("@list", .array(items)))
          result.append(shared(list, of: element, since: mark))
        case .array(let items)?:
          // The array was needed for them only.
          budget.giveBack(MemoryBudget.array(element.array?.count ?? 0))
          try budget.take(MemoryBudget.elements(items.count))
          result.append(contentsOf: items)
        case let item?: result.append(shared(item, of: element, since: mark))
        }
      } catch { throw error.inside(place) }
    }
    return .array(result)
  }

  /// Steps 3 and 8: the active context with the scoped context of a property.
  func scopedContext(
    of property: Property, in active: ActiveContext
  ) throws(JSONLDError) -> ActiveContext {
    guard let definition = property.definition else { return active }
    return try contexts.scoped(
      active, by: definition, propagates: true, overridesProtected: true)
  }

  /// The members of an object in the order in which they are processed.
  func ordered(_ object: JSONObject) -> [JSONObject.Member] {
    isOrdered ? object.members.sorted { Name($0.name) < Name($1.name) } : object.members
  }
}

extension JSON {
  /// The elements of an array; of anything else, itself alone.
  var asArray: [JSON] { if case .array(let elements) = self { elements } else { [self] } }

  /// Makes an array of what is none.
  mutating func makeArray() {
    if case .array = self { return }
    self = .array([self])
  }

  /// Takes the elements out of an array, and leaves null; nil for what is no array.
  ///
  /// A call of its own: within the pattern that binds them the array would be held twice, and
  /// each change copy it.
  @inline(never)
  private mutating func takeElements() -> [JSON]? {
    guard case .array(let elements) = self else { return nil }
    self = .null
    return elements
  }

  /// Takes an object out, and leaves null; nil for what is no object.
  @inline(never)
  private mutating func takeObject() -> JSONObject? {
    guard case .object(let object) = self else { return nil }
    self = .null
    return object
  }

  /// Changes an object in place, without copying it; what is no object becomes an empty one first.
  mutating func changeObject(_ change: (inout JSONObject) -> Void) {
    var object = takeObject() ?? JSONObject()
    change(&object)
    self = .object(object)
  }

  /// Adds the elements of an array, or what is none, to an array or what is to become one.
  mutating func append(elementsOf value: JSON) {
    var elements = takeElements() ?? [self]
    switch value {
    case .array where elements.isEmpty: self = value
    case .array(let added):
      elements.append(contentsOf: added)
      self = .array(elements)
    default:
      elements.append(value)
      self = .array(elements)
    }
  }
}
