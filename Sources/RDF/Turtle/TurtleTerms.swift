/// The terms of one Turtle or TriG document as text.
struct TurtleTerms: Sendable {
  let prefixes: Prefixes

  /// Which prefixes were used.
  private(set) var isUsed: [Bool]

  /// What is put before the labels of blank nodes.
  var labelPrefix = ""

  init(_ prefixes: Prefixes) {
    self.prefixes = prefixes
    isUsed = [Bool](repeating: false, count: prefixes.prefixes.count)
  }

  /// Appends the declarations of the prefixes, of those that were used or of all.
  func appendDeclarations(usedOnly: Bool, to bytes: inout [UInt8]) {
    let start = bytes.count
    for (prefix, isUsed) in zip(prefixes.prefixes, isUsed) where isUsed || !usedOnly {
      bytes.append(contentsOf: "@prefix \(prefix.name): <\(prefix.namespace)> .\n".utf8)
    }
    if bytes.count > start { bytes.append(UInt8(ascii: "\n")) }
  }

  mutating func append(_ term: Term, to bytes: inout [UInt8]) throws(RDFError) {
    switch term {
    case .iri(let iri): try append(iri: iri, to: &bytes)
    case .blankNode(let label):
      guard !label.utf8.contains(UInt8(ascii: ":")) else {
        throw RDFError(
          .invalidBlankNodeLabel, "a label with ':' is one of N-Quads, but none of Turtle")
      }
      try bytes.appendBlankNode(labelPrefix + label)
    case .literal(let literal): try append(literal, to: &bytes)
    }
  }

  mutating func append(iri: String, to bytes: inout [UInt8]) throws(RDFError) {
    guard let (prefix, local) = prefixes.name(of: iri) else { return try bytes.appendIRI(iri) }
    isUsed[prefix] = true
    bytes.append(contentsOf: prefixes.prefixes[prefix].name.utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: local)
  }

  private mutating func append(
    _ literal: Literal, to bytes: inout [UInt8]
  ) throws(RDFError) {
    if literal.hasShortForm {
      bytes.append(contentsOf: literal.value.utf8)
      return
    }
    bytes.appendQuoted(literal.value)
    if let tag = literal.language {
      try bytes.appendLanguageTag(tag)
    } else if !literal.datatype.hasSameBytes(as: XSD.string) {
      bytes.append(contentsOf: "^^".utf8)
      try append(iri: literal.datatype, to: &bytes)
    }
  }
}
