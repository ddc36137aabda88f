/// An IRI against which relative references are resolved, taken apart once for all of them.
final class BaseIRI: Sendable {
  let text: String

  let reference: IRIReference

  /// The path up to its last slash, without dot segments; empty where there is none.
  private let folder: String

  init(_ text: String) {
    self.text = text
    reference = IRIReference(text)
    if reference.authority != nil, reference.path.isEmpty {
      folder = "/"
    } else if let slash = reference.path.utf8.lastIndex(of: UInt8(ascii: "/")) {
      folder = IRIReference.removingDotSegments(from: reference.path[...slash])
    } else {
      folder = ""
    }
  }

  /// Returns a reference as it is against this base; itself where this is no absolute IRI.
  ///
  /// Source: RFC 3986, section 5.2, strict.
  func resolve(_ text: String) -> String {
    var target = IRIReference(text)
    if target.scheme != nil {
      let path = IRIReference.removingDotSegments(from: target.path)
      if path.utf8.count == target.path.utf8.count { return text }
      target.path = path[...]
      return target.text
    }
    guard reference.scheme != nil else { return text }
    target.scheme = reference.scheme
    if target.authority == nil {
      target.authority = reference.authority
      if target.path.isEmpty {
        target.path = reference.path
        target.query = target.query ?? reference.query
        return target.text
      }
      if target.path.utf8.first != UInt8(ascii: "/") {
        target.path = (folder + target.path)[...]
      }
    }
    target.path = IRIReference.removingDotSegments(from: target.path)[...]
    return target.text
  }
}
