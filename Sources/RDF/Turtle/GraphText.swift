/// Writes the statements of one graph as Turtle.
struct GraphText {
  private let outline: GraphOutline
  private var terms: TurtleTerms

  private init(_ outline: GraphOutline, _ terms: TurtleTerms) {
    self.outline = outline
    self.terms = terms
  }

  /// Appends the statements of the quads, whatever their graph; an empty line between subjects.
  ///
  /// - Parameters:
  ///   - indentation: How many spaces every line begins with.
  ///   - isShared: Whether a blank node is met outside of the graph too, and so needs its label.
  static func append(
    _ quads: [Quad], terms: inout TurtleTerms, indentation: Int, to bytes: inout [UInt8],
    isShared: (Term) -> Bool
  ) throws(RDFError) {
    var text = GraphText(GraphOutline(quads, isShared: isShared), terms)
    try text.appendSubjects(indentation: indentation, to: &bytes)
    terms = text.terms
  }

  private mutating func appendSubjects(
    indentation: Int, to bytes: inout [UInt8]
  ) throws(RDFError) {
    var isFirst = true
    for node in outline.nodes.indices
    where !outline.isNested[node] && !outline.statements(of: node).isEmpty {
      if !isFirst { bytes.append(UInt8(ascii: "\n")) }
      isFirst = false
      bytes.append(spaces: indentation)
      try appendSubject(node, to: &bytes)
      bytes.append(UInt8(ascii: " "))
      try appendStatements(of: node, indentation: indentation + 4, to: &bytes)
      bytes.append(contentsOf: " .\n".utf8)
    }
  }

  private mutating func appendSubject(
    _ node: Int, to bytes: inout [UInt8]
  ) throws(RDFError) {
    switch outline.nodes[node] {
    case .literal: throw RDFError(.misplacedTerm, "a literal can be an object only")
    case .blankNode where outline.referenceCounts[node] == 0: bytes.append(contentsOf: "[]".utf8)
    case let term: try terms.append(term, to: &bytes)
    }
  }

  /// Appends the predicates and objects of a subject; the first one where the line is.
  private mutating func appendStatements(
    of node: Int, indentation: Int, to bytes: inout [UInt8]
  ) throws(RDFError) {
    var last: Term?
    for statement in outline.statements(of: node) {
      let predicate = outline.quads[statement].predicate
      if predicate == last {
        bytes.append(contentsOf: ", ".utf8)
      } else {
        if last != nil {
          bytes.append(contentsOf: " ;\n".utf8)
          bytes.append(spaces: indentation)
        }
        try appendPredicate(predicate, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        last = predicate
      }
      try appendObject(of: statement, indentation: indentation, to: &bytes)
    }
  }

  private mutating func appendPredicate(
    _ predicate: Term, to bytes: inout [UInt8]
  ) throws(RDFError) {
    guard case .iri(let iri) = predicate else {
      throw RDFError(.misplacedTerm, "a predicate is an IRI")
    }
    if iri.hasSameBytes(as: RDFVocabulary.type) {
      bytes.append(UInt8(ascii: "a"))
    } else {
      try terms.append(iri: iri, to: &bytes)
    }
  }

  /// Recursive for nested nodes, which are no deeper than the outline allows.
  private mutating func appendObject(
    of statement: Int, indentation: Int, to bytes: inout [UInt8]
  ) throws(RDFError) {
    let object = outline.quads[statement].object
    guard let node = outline.objects[statement], outline.isNested[node] else {
      if object.isIRI(RDFVocabulary.nil) {
        bytes.append(contentsOf: "()".utf8)
      } else {
        try terms.append(object, to: &bytes)
      }
      return
    }
    if outline.isCell[node] {
      try appendList(from: node, indentation: indentation, to: &bytes)
    } else if outline.statements(of: node).isEmpty {
      bytes.append(contentsOf: "[]".utf8)
    } else {
      bytes.append(contentsOf: "[\n".utf8)
      bytes.append(spaces: indentation + 4)
      try appendStatements(of: node, indentation: indentation + 4, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(spaces: indentation)
      bytes.append(UInt8(ascii: "]"))
    }
  }

  private mutating func appendList(
    from head: Int, indentation: Int, to bytes: inout [UInt8]
  ) throws(RDFError) {
    bytes.append(UInt8(ascii: "("))
    var cell: Int? = head
    while let current = cell {
      cell = nil
      for statement in outline.statements(of: current) {
        if outline.quads[statement].predicate.isIRI(RDFVocabulary.rest) {
          cell = outline.objects[statement]
        } else {
          bytes.append(UInt8(ascii: " "))
          try appendObject(of: statement, indentation: indentation, to: &bytes)
        }
      }
    }
    bytes.append(contentsOf: " )".utf8)
  }
}

extension [UInt8] {
  fileprivate mutating func append(spaces count: Int) {
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }
}
