/// What an element of an expanded document is.
enum ExpandedElement {
  /// A value object, with all of its members.
  case value(JSONObject)

  /// A list object, by its elements.
  case list([JSON])

  case node(JSONObject)

  /// Tells what an element is; nil for what no expanded document has in that place.
  init?(_ element: JSON) {
    guard case .object(let object) = element else { return nil }
    for (name, value) in object.members where name.utf8.first == UInt8(ascii: "@") {
      switch name {
      case "@value":
        self = .value(object)
        return
      case "@list":
        self = .list(value.asArray)
        return
      case "@id": break
      default: continue
      }
      break
    }
    self = .node(object)
  }
}
