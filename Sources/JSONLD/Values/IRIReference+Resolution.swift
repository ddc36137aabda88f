extension IRIReference {
  /// Returns the reference as it is against a base; itself where the base is no absolute IRI.
  ///
  /// Source: RFC 3986, section 5.2, strict.
  static func resolve(_ text: String, against base: String) -> String {
    var reference = IRIReference(text)
    if reference.scheme != nil {
      let path = removingDotSegments(from: reference.path)
      if path.utf8.count == reference.path.utf8.count { return text }
      reference.path = path[...]
      return reference.text
    }
    let base = IRIReference(base)
    guard base.scheme != nil else { return text }
    return reference.resolved(against: base).text
  }

  private func resolved(against base: IRIReference) -> IRIReference {
    var target = self
    target.scheme = base.scheme
    guard authority == nil else {
      target.path = Self.removingDotSegments(from: path)[...]
      return target
    }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.utf8.first == UInt8(ascii: "/") {
      target.path = Self.removingDotSegments(from: path)[...]
    } else {
      target.path = Self.removingDotSegments(from: base.merged(with: path)[...])[...]
    }
    return target
  }

  /// The path of a relative reference after all but the last segment of this path.
  private func merged(with path: Substring) -> String {
    if authority != nil, self.path.isEmpty { return "/" + path }
    guard let slash = self.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return String(path) }
    return String(self.path[...slash] + path)
  }

  /// Source: RFC 3986, section 5.2.4.
  static func removingDotSegments(from path: Substring) -> String {
    guard path.utf8.contains(UInt8(ascii: ".")) else { return String(path) }
    let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isRooted = path.utf8.first == UInt8(ascii: "/")
    var kept: [Substring.UTF8View] = []
    for (place, segment) in segments.enumerated() {
      let isLast = place == segments.count - 1
      if segment.elementsEqual(".".utf8) {
        if isLast { kept.append("".utf8[...]) }
      } else if segment.elementsEqual("..".utf8) {
        // What precedes the first slash of a rooted path is no segment.
        if kept.count > (isRooted ? 1 : 0) { kept.removeLast() }
        if isLast { kept.append("".utf8[...]) }
      } else {
        kept.append(segment)
      }
    }
    return kept.map { String(Substring($0)) }.joined(separator: "/")
  }
}
