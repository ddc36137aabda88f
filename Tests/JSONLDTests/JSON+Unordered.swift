import JSONLD

extension JSON {
  /// Whether both are the same JSON-LD: the order of elements counts in `@list` only.
  ///
  /// Source: https://w3c.github.io/json-ld-api/tests/, object comparison.
  func isSameJSONLD(as other: JSON, isOrdered: Bool = false) -> Bool {
    switch (self, other) {
    case (.object(let left), .object(let right)):
      guard left.count == right.count else { return false }
      return left.members.allSatisfy { name, value in
        guard let match = right[name] else { return false }
        // The value of a JSON literal is no JSON-LD.
        if name == "@value" { return value == match }
        return value.isSameJSONLD(as: match, isOrdered: name == "@list")
      }
    case (.array(let left), .array(let right)):
      guard left.count == right.count else { return false }
      guard !isOrdered else {
        return zip(left, right).allSatisfy { $0.isSameJSONLD(as: $1) }
      }
      var rest = right
      return left.allSatisfy { element in
        guard let match = rest.firstIndex(where: { element.isSameJSONLD(as: $0) }) else {
          return false
        }
        rest.remove(at: match)
        return true
      }
    default: return self == other
    }
  }
}
