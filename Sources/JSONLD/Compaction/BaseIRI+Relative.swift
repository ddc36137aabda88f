extension BaseIRI {
  /// Returns the shortest reference that means an IRI against this base; the IRI itself where there
  /// is none.
  func relative(_ text: String) -> String {
    let (target, source) = (IRIReference(text), reference)
    guard let scheme = target.scheme, scheme == source.scheme, target.authority == source.authority
    else { return text }
    var segments = target.path.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
    var baseSegments = source.path.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
    // The last segment stays unless there is something after it that says enough.
    let kept = target.fragment == nil && target.query == nil ? 1 : 0
    while segments.count > kept, let first = segments.first, let other = baseSegments.first,
      first.elementsEqual(other)
    {
      segments.removeFirst()
      baseSegments.removeFirst()
    }
    var relative = String(repeating: "../", count: max(0, baseSegments.count - 1))
    relative += segments.map { String(Substring($0)) }.joined(separator: "/")
    if let query = target.query { relative += "?" + query }
    if let fragment = target.fragment { relative += "#" + fragment }
    if relative.isEmpty { relative = "./" }
    if Keyword.isForm(relative) { relative = "./" + relative }
    return resolve(relative).isSame(as: text) ? relative : text
  }
}
