import CRaptor
import RDF

/// Reads Turtle through libraptor2, without input or output of its own.
///
/// Source: RDF 1.1 Turtle.
package enum TurtleReader {
  /// How many statements a text may have.
  package static let statementLimit = 1_000_000

  /// How many bytes the terms of the statements may have, for each of the text: a prefix of a few
  /// may stand for an IRI of any length.
  private static let byteFactor = 32
  private static let freeByteCount = 1 << 20

  /// Returns what a text states, in its order.
  ///
  /// - Parameter base: the IRI that relative ones are relative to.
  /// - Throws: `TurtleError`, which names the line.
  package static func quads(
    _ text: [UInt8], base: String, limit: Int = statementLimit
  ) throws(TurtleError) -> [Quad] {
    if let missing = craptor_load() {
      throw TurtleError(
        .missingLibrary,
        "libraptor2 is needed to read Turtle, and \(String(cString: missing)) is not there; "
          + "install the Debian package libraptor2-0")
    }
    // The parser would take it for the end.
    if let place = text.firstIndex(of: 0) {
      throw TurtleError(.syntax, "there is a NUL", line: text[..<place].count { $0 == 0x0A } + 1)
    }
    let reading = try Reading(
      limit: limit, byteLimit: freeByteCount + text.count * byteFactor)
    try reading.parse(text, base: base)
    return reading.quads
  }
}

/// One text on its way through a parser, which it owns.
private final class Reading {
  private(set) var quads: [Quad] = []
  private var failure: TurtleError?
  private let limit: Int
  private var bytesLeft: Int
  private let world: OpaquePointer
  private let parser: OpaquePointer

  init(limit: Int, byteLimit: Int) throws(TurtleError) {
    self.limit = limit
    bytesLeft = byteLimit
    guard let world = craptor_new_world() else { throw TurtleError(.library, "out of memory") }
    guard craptor_world_open(world) == 0, let parser = craptor_new_parser(world, "turtle") else {
      craptor_free_world(world)
      throw TurtleError(.library, "libraptor2 has no parser of Turtle")
    }
    self.world = world
    self.parser = parser
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = craptor_world_set_log_handler(world, context) { context, message in
      guard let context, let message else { return }
      Unmanaged<Reading>.fromOpaque(context).takeUnretainedValue().take(message.pointee)
    }
    craptor_parser_set_statement_handler(parser, context) { context, statement in
      guard let context, let statement else { return }
      Unmanaged<Reading>.fromOpaque(context).takeUnretainedValue().take(statement.pointee)
    }
    // What a text names is never fetched.
    _ = craptor_parser_set_option(parser, Int32(CRAPTOR_OPTION_NO_NET), 1)
    _ = craptor_parser_set_option(parser, Int32(CRAPTOR_OPTION_NO_FILE), 1)
  }

  deinit {
    craptor_free_parser(parser)
    craptor_free_world(world)
  }

  func parse(_ text: [UInt8], base: String) throws(TurtleError) {
    guard let uri = craptor_new_uri(world, base) else {
      throw TurtleError(.library, "out of memory")
    }
    defer { craptor_free_uri(uri) }
    var status = craptor_parser_parse_start(parser, uri)
    if status == 0 {
      status = text.withUnsafeBufferPointer { buffer in
        craptor_parser_parse_chunk(parser, buffer.baseAddress, buffer.count, 1)
      }
    }
    if let failure { throw failure }
    guard status == 0 else { throw TurtleError(.syntax, "it is no Turtle") }
  }

  private func take(_ message: raptor_log_message) {
    guard message.level >= CRAPTOR_LOG_LEVEL_ERROR, failure == nil else { return }
    let line = Int((message.locator ?? craptor_parser_locator(parser))?.pointee.line ?? 0)
    var words = message.text.map { String(cString: $0) } ?? "it is no Turtle"
    if words.hasSuffix("."), !words.hasSuffix(" .") { words.removeLast() }
    failure = TurtleError(.syntax, words, line: line > 0 ? line : nil)
  }

  private func take(_ statement: raptor_statement) {
    guard failure == nil else { return }
    guard quads.count < limit else {
      return abort("there are more than \(limit) statements")
    }
    for term in [statement.subject, statement.predicate, statement.object] {
      bytesLeft -= Self.byteCount(of: term)
    }
    guard bytesLeft >= 0 else { return abort("far more would be made of the text than it is") }
    guard let subject = Self.term(statement.subject),
      let predicate = Self.term(statement.predicate), let object = Self.term(statement.object)
    else { return }
    quads.append(Quad(subject, predicate, object))
  }

  private func abort(_ why: String) {
    failure = TurtleError(.limitExceeded, why)
    craptor_parser_parse_abort(parser)
  }

  private static func byteCount(of term: UnsafeMutablePointer<raptor_term>?) -> Int {
    guard let term = term?.pointee else { return 0 }
    switch term.type {
    case RAPTOR_TERM_TYPE_URI:
      var count = 0
      _ = craptor_uri_text(term.value.uri, &count)
      return count
    case RAPTOR_TERM_TYPE_BLANK: return Int(term.value.blank.string_len)
    case RAPTOR_TERM_TYPE_LITERAL:
      var count = 0
      if let datatype = term.value.literal.datatype { _ = craptor_uri_text(datatype, &count) }
      return count + Int(term.value.literal.string_len)
    default: return 0
    }
  }

  private static func term(_ term: UnsafeMutablePointer<raptor_term>?) -> Term? {
    guard let term = term?.pointee else { return nil }
    switch term.type {
    case RAPTOR_TERM_TYPE_URI: return text(of: term.value.uri).map { .iri($0) }
    case RAPTOR_TERM_TYPE_BLANK:
      return .blankNode(text(term.value.blank.string, Int(term.value.blank.string_len)))
    case RAPTOR_TERM_TYPE_LITERAL:
      let literal = term.value.literal
      let value = text(literal.string, Int(literal.string_len))
      if let language = literal.language, literal.language_len > 0 {
        return .literal(
          Literal(value, language: text(language, Int(literal.language_len))))
      }
      guard let datatype = text(of: literal.datatype) else { return .literal(Literal(value)) }
      return .literal(Literal(value, datatype: datatype))
    default: return nil
    }
  }

  private static func text(of uri: OpaquePointer?) -> String? {
    guard let uri else { return nil }
    var count = 0
    return craptor_uri_text(uri, &count).map { text(UnsafeMutablePointer(mutating: $0), count) }
  }

  private static func text(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int) -> String {
    guard let bytes else { return "" }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}
