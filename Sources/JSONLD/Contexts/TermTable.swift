/// The terms of a context on top of those of the contexts that it extends.
///
/// Contexts that extend a large one, as scoped contexts do, share its terms instead of copying
/// them: a table is a dictionary of its own terms over layers that never change.
struct TermTable: Sendable {
  /// What the table says itself, nil for a term that it takes away.
  private var own: [Name: TermDefinition?] = [:]
  private var base: Layer?

  /// How many terms are protected.
  private(set) var protectedCount = 0

  /// Whether there may be an alias of a keyword; most contexts have none, and need no look-up.
  private(set) var hasAliases = false

  /// Whether there may be a term with a scoped context.
  private(set) var hasScopedContexts = false

  /// Smaller ones are copied.
  private static let sharedCount = 64

  private final class Layer: Sendable {
    let own: [Name: TermDefinition?]
    let base: Layer?

    init(_ own: [Name: TermDefinition?], over base: Layer?) {
      self.own = own
      self.base = base
    }
  }

  /// How many terms there are at most: one that is defined anew counts again.
  var count: Int {
    var (count, layer) = (own.count, base)
    while let current = layer { (count, layer) = (count + current.own.count, current.base) }
    return count
  }

  subscript(_ name: Name) -> TermDefinition? {
    get {
      if let known = own[name] { return known }
      var layer = base
      while let current = layer {
        if let known = current.own[name] { return known }
        layer = current.base
      }
      return nil
    }
    set {
      if protectedCount > 0, self[name]?.isProtected == true { protectedCount -= 1 }
      if let newValue {
        if newValue.isProtected { protectedCount += 1 }
        if newValue.keyword != nil { hasAliases = true }
        if newValue.context != nil { hasScopedContexts = true }
      }
      if newValue == nil, base == nil {
        own.removeValue(forKey: name)
      } else {
        own.updateValue(newValue, forKey: name)
      }
    }
  }

  mutating func removeValue(forKey name: Name) -> TermDefinition? {
    guard let definition = self[name] else { return nil }
    self[name] = nil
    return definition
  }

  /// Makes ready for changes, which would copy what is there when that is large.
  mutating func startLayer() {
    guard own.count >= Self.sharedCount else { return }
    base = Layer(own, over: base)
    own = [:]
  }

  /// Merges the layers that are no larger than what is above them, so that they stay few.
  mutating func finishLayer() {
    while let layer = base, layer.own.count <= own.count {
      base = layer.base
      own.merge(layer.own) { upper, _ in upper }
    }
    if base == nil, own.values.contains(where: { $0 == nil }) {
      own = own.filter { $0.value != nil }
    }
  }
}

extension TermTable: Sequence {
  /// Goes through the terms that there are, in no particular order.
  func makeIterator() -> Dictionary<Name, TermDefinition>.Iterator {
    var all = own
    var layer = base
    while let current = layer {
      all.merge(current.own) { upper, _ in upper }
      layer = current.base
    }
    return all.compactMapValues { $0 }.makeIterator()
  }
}
