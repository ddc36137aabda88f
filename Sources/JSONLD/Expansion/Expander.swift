/// Expands one document.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.1, Expansion.
final class Expander {
  let contexts: ContextProcessor
  let mode: ProcessingOptions.Mode
  let isOrdered: Bool

  /// Against what the IRIs of remote contexts are resolved.
  let baseURL: String?

  /// The IRIs of properties and types.
  var memo = VocabularyMemo()

  init(contexts: ContextProcessor, options: ProcessingOptions, baseURL: String?) {
    self.contexts = contexts
    self.baseURL = baseURL
    mode = options.mode
    isOrdered = options.isOrdered
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
        return expand(value: element, by: property.definition, in: active)
      }
      let scoped = try scopedContext(of: property, in: active)
      return expand(
        value: element, by: property.name.flatMap { scoped.definition(of: $0) }, in: scoped)
    }
  }

  /// Step 5.
  private func expand(
    _ elements: [JSON], of property: Property, in active: ActiveContext, isFromMap: Bool
  ) throws(JSONLDError) -> JSON {
    try contexts.descend()
    defer { contexts.ascend() }
    var result: [JSON] = []
    result.reserveCapacity(elements.count)
    let isList = property.definition?.container.contains(.list) ?? false
    for (place, element) in elements.enumerated() {
      do throws(JSONLDError) {
        switch try expand(element, of: property, in: active, isFromMap: isFromMap) {
        case nil: break
        case .array(let items)? where isList: result.append(.list(items))
        case .array(let items)?: result.append(contentsOf: items)
        case let item?: result.append(item)
        }
      } catch { throw error.inside(place) }
    }
    return .array(result)
  }

  /// Steps 3 and 8: the active context with the scoped context of a property.
  func scopedContext(
    of property: Property, in active: ActiveContext
  ) throws(JSONLDError) -> ActiveContext {
    guard let definition = property.definition, let context = definition.context else {
      return active
    }
    var settings = ContextProcessor.Settings()
    settings.baseURL = definition.baseURL
    settings.overridesProtected = true
    return try contexts.process(context, in: active, settings)
  }

  /// The members of an object in the order in which they are processed.
  func ordered(_ object: JSONObject) -> [JSONObject.Member] {
    isOrdered ? object.members.sorted { Name($0.name) < Name($1.name) } : object.members
  }
}

extension JSON {
  /// A list object.
  static func list(_ items: [JSON]) -> JSON { .object(JSONObject("@list", .array(items))) }

  /// The elements of an array; of anything else, itself alone.
  var asArray: [JSON] { if case .array(let elements) = self { elements } else { [self] } }

  /// Makes an array of what is none.
  mutating func makeArray() {
    if case .array = self { return }
    self = .array([self])
  }

  /// Changes an object in place, without copying it.
  mutating func changeObject(_ change: (inout JSONObject) -> Void) {
    guard case .object(var object) = self else { return }
    self = .null
    change(&object)
    self = .object(object)
  }

  /// Adds to an array, or makes one of what is none, without copying it.
  mutating func append(_ value: JSON) {
    switch self {
    case .array(var elements):
      self = .null
      elements.append(value)
      self = .array(elements)
    default: self = .array([self, value])
    }
  }

  /// Adds the elements of an array, or what is none.
  mutating func append(elementsOf value: JSON) {
    guard case .array(let added) = value else { return append(value) }
    switch self {
    case .array(let elements) where elements.isEmpty: self = value
    case .array(var elements):
      self = .null
      elements.append(contentsOf: added)
      self = .array(elements)
    default: self = .array([self] + added)
    }
  }
}
