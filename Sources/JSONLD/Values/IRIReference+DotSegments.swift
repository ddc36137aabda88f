extension IRIReference {
  /// Returns a path without the segments that are one dot or two.
  ///
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
