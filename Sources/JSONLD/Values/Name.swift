/// A text that is equal to another only when their bytes are.
///
/// Swift takes strings for equal that look alike, such as `é` in one scalar and in two; names of
/// members, terms and IRIs are compared scalar by scalar in JSON, JSON-LD and RDF.
struct Name: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool { left.text.isSame(as: right.text) }

  func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { text.utf8.forEach { hasher.combine($0) } }
  }
}

extension Name: Comparable {
  /// The order of scalars, which is that of the bytes in UTF-8.
  static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension String {
  /// Whether both consist of the same scalars.
  func isSame(as other: String) -> Bool {
    // What is no ASCII may be equal and differ nevertheless.
    utf8.count == other.utf8.count && self == other
      && (isASCII && other.isASCII || utf8.elementsEqual(other.utf8))
  }

  /// Whether all scalars are ASCII; strings know that, so that it takes no time when they are.
  var isASCII: Bool { utf8.count == utf16.count }
}
