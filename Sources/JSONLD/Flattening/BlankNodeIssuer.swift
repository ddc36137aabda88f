/// Gives blank nodes new labels, each old label the same new one whenever it is met.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.4, Generate Blank Node Identifier.
struct BlankNodeIssuer {
  private let prefix: String
  private var labels: [Name: String] = [:]
  private var count = 0

  init(prefix: String) { self.prefix = prefix }

  /// Returns the new label of what the document calls that, `_:` included.
  mutating func label(for old: String) -> String {
    let name = Name(old)
    if let label = labels[name] { return label }
    let label = fresh()
    labels[name] = label
    return label
  }

  /// Returns a label for what the document gives none.
  mutating func fresh() -> String {
    defer { count += 1 }
    return prefix + String(count)
  }
}

extension String {
  /// Whether this is the identifier of a blank node rather than an IRI.
  var isBlankNodeIdentifier: Bool {
    var bytes = utf8.makeIterator()
    return bytes.next() == UInt8(ascii: "_") && bytes.next() == UInt8(ascii: ":")
  }
}
