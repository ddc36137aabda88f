/// The grammar of one line of N-Quads.
///
/// Its methods take the line each time, since a span cannot be stored.
struct NQuadsLineParser: Sendable {
  private let syntax: NQuadsReader.Syntax

  /// Where in the line the parser is, in bytes.
  var position = 0

  /// The text of a term that has escapes.
  var unescaped: [UInt8] = []

  private var cache = IRICache()

  init(_ syntax: NQuadsReader.Syntax) { self.syntax = syntax }

  /// The statement of the line; nil when it is empty or a comment.
  mutating func quad(in line: Span<UInt8>) throws(RDFError) -> Quad? {
    position = 0
    guard let first = next(in: line), first != UInt8(ascii: "#") else { return nil }
    let subject = try node(in: line, "a subject")
    let predicate = try self.predicate(in: line)
    let object = try self.object(in: line)
    var graph: Term?
    if let byte = next(in: line), byte == UInt8(ascii: "<") || byte == UInt8(ascii: "_") {
      guard syntax != .nTriples else {
        throw RDFError(.unexpectedGraph, "N-Triples has no graphs")
      }
      graph = try node(in: line, "a graph")
    }
    try take(UInt8(ascii: "."), "'.' at the end of the statement", in: line)
    if let byte = next(in: line), byte != UInt8(ascii: "#") {
      throw RDFError(.syntax, "text after the statement")
    }
    return Quad(subject, predicate, object, graph: graph)
  }

  private mutating func predicate(in line: Span<UInt8>) throws(RDFError) -> Term {
    guard syntax == .generalizedNQuads || next(in: line) != UInt8(ascii: "_") else {
      throw RDFError(.misplacedTerm, "a predicate is an IRI")
    }
    return try node(in: line, "a predicate")
  }

  private mutating func object(in line: Span<UInt8>) throws(RDFError) -> Term {
    guard next(in: line) == UInt8(ascii: "\"") else { return try node(in: line, "an object") }
    return .literal(try literal(in: line))
  }

  /// An IRI or a blank node.
  private mutating func node(in line: Span<UInt8>, _ what: String) throws(RDFError) -> Term {
    switch next(in: line) {
    case UInt8(ascii: "<"): return .iri(try iri(in: line))
    case UInt8(ascii: "_"): return .blankNode(try blankNode(in: line))
    case UInt8(ascii: "\""): throw RDFError(.misplacedTerm, "a literal can be an object only")
    default: throw RDFError(.syntax, "expected \(what)")
    }
  }

  private mutating func literal(in line: Span<UInt8>) throws(RDFError) -> Literal {
    let value = try quoted(in: line)
    if position < line.count, line[position] == UInt8(ascii: "@") {
      return Literal(value, language: try languageTag(in: line))
    }
    guard next(in: line) == UInt8(ascii: "^") else { return Literal(value) }
    position += 1
    guard position < line.count, line[position] == UInt8(ascii: "^") else {
      throw RDFError(.syntax, "expected '^^' and a datatype")
    }
    position += 1
    guard next(in: line) == UInt8(ascii: "<") else {
      throw RDFError(.syntax, "expected a datatype")
    }
    return Literal(value, datatype: try iri(in: line))
  }

  /// The byte after spaces and tabs; the parser is at it then.
  private mutating func next(in line: Span<UInt8>) -> UInt8? {
    while position < line.count {
      let byte = line[position]
      guard byte == 0x20 || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func take(
    _ byte: UInt8, _ what: String, in line: Span<UInt8>
  ) throws(RDFError) {
    guard next(in: line) == byte else { throw RDFError(.syntax, "expected \(what)") }
    position += 1
  }

  /// An IRI that has no escapes.
  mutating func plainIRI(_ range: Range<Int>, of line: Span<UInt8>) throws(RDFError) -> String {
    try line.extracting(range).withUnsafeBufferPointer { (bytes) throws(RDFError) in
      try cache.iri(of: bytes)
    }
  }

  /// A part of the line as text.
  func text(_ range: Range<Int>, of line: Span<UInt8>) throws(RDFError) -> String {
    let text = line.extracting(range)
      .withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
    guard let text else { throw RDFError(.invalidUTF8, "a term is no UTF-8") }
    return text
  }
}
