/// A node object while it is written with the terms of a context.
struct CompactedNode {
  /// The property that it is a value of, a term or `@reverse`.
  let property: String?

  /// The context of what it is in, which is that of its types.
  let outer: InverseContext

  /// The context of what is in it.
  var context: InverseContext

  private(set) var object = JSONObject()

  init(property: String?, outer: InverseContext, context: InverseContext) {
    self.property = property
    self.outer = outer
    self.context = context
  }

  /// Where a value goes.
  struct Place {
    /// The term for the property.
    let property: String

    /// The member in which the property is nested.
    var nest: String?

    /// The key, where the values of the property are in a map.
    var key: String?

    /// Whether a single value is an array.
    var isArray = false
  }

  /// Sets a member.
  mutating func set(_ name: String, _ value: JSON) { object[name] = value }

  /// Adds a value, or each value of an array, beside those that are there.
  mutating func add(_ value: JSON, at place: Place) {
    if let nest = place.nest {
      object[nest, default: [:]].changeObject { $0.add(value, at: place) }
    } else {
      object.add(value, at: place)
    }
  }

  /// Sets the whole value of a property.
  mutating func set(_ value: JSON, at place: Place) {
    if let nest = place.nest {
      object[nest, default: [:]].changeObject { $0[place.property] = value }
    } else {
      object[place.property] = value
    }
  }

  /// Whether the property has a value.
  func contains(_ place: Place) -> Bool {
    (place.nest.map { object[$0]?.object ?? JSONObject() } ?? object).contains(place.property)
  }
}

extension JSONObject {
  fileprivate mutating func add(_ value: JSON, at place: CompactedNode.Place) {
    guard let key = place.key else {
      add(value, to: place.property, isArray: place.isArray)
      return
    }
    self[place.property, default: [:]].changeObject {
      $0.add(value, to: key, isArray: place.isArray)
    }
  }

  /// Adds a value, or each value of an array, to a member.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 3, General Terminology, add value.
  mutating func add(_ value: JSON, to name: String, isArray: Bool) {
    guard contains(name) else {
      switch value {
      case .array(let values) where !isArray:
        // Of none there is nothing to add, and one is no array.
        if let first = values.first { self[name] = values.count == 1 ? first : value }
      case .array: self[name] = value
      default: self[name] = isArray ? [value] : value
      }
      return
    }
    self[name, default: .null].append(elementsOf: value)
  }
}
