/// Reads the relations of a document in one pass over its bytes.
///
/// It makes no values of what it does not need, which is most: a document takes some
/// microseconds, a tenth of what it takes to parse it. What it passes over is checked only as far
/// as to find its end.
package struct RelationScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  private var node = ScannedNode()
  private var hasActivity = false

  private static let statements = ScannedNode.Statement.allCases.map {
    (name: $0.name, statement: $0)
  }

  /// The deepest nesting that is read, as of the parser.
  private static let maximumDepth = 512

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Visits the nodes of a document: those of its `@graph`, else the document itself.
  ///
  /// - Throws: `ActivityDocumentError` for what is no JSON object, names a node by something that
  ///   is no text, or describes no activity.
  package static func scan(
    _ document: [UInt8], _ visit: (ScannedNode) -> Void
  ) throws(ActivityDocumentError) {
    var failure: ActivityDocumentError?
    document.withUnsafeBufferPointer { buffer in
      var scanner = RelationScanner(buffer)
      do throws(ActivityDocumentError) { try scanner.document(visit) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private mutating func document(_ visit: (ScannedNode) -> Void) throws(ActivityDocumentError) {
    var whole = ScannedNode()
    var hasGraph = false
    skipSpace()
    try members { (scanner, name) throws(ActivityDocumentError) in
      guard name.isEqual(to: "@graph") else { return try scanner.member(name, of: &whole) }
      hasGraph = true
      try scanner.elements { (scanner) throws(ActivityDocumentError) in
        guard scanner.current == UInt8(ascii: "{") else { return try scanner.skip() }
        scanner.node.reset()
        var node = ScannedNode()
        swap(&node, &scanner.node)
        try scanner.members { (scanner, name) throws(ActivityDocumentError) in
          try scanner.member(name, of: &node)
        }
        scanner.take(node, visit)
        swap(&node, &scanner.node)
      }
    }
    skipSpace()
    guard position == bytes.count else { throw error("text after the value") }
    if !hasGraph { take(whole, visit) }
    guard hasActivity else {
      throw ActivityDocumentError(
        code: .noActivity, node: "", message: "the document describes no activity")
    }
  }

  private mutating func take(_ node: ScannedNode, _ visit: (ScannedNode) -> Void) {
    if node.isActivity { hasActivity = true }
    visit(node)
  }

  /// Reads one member of a node.
  private mutating func member(
    _ name: ScannedText, of node: inout ScannedNode
  ) throws(ActivityDocumentError) {
    if name.isEqual(to: "@id") {
      guard current == UInt8(ascii: "\"") else {
        throw ActivityDocumentError(code: .wrongType, node: "", message: "@id is not text")
      }
      node.iri = try string()
      return
    }
    let statement = Self.statements.first { name.isEqual(to: $0.name) }?.statement
    guard let statement else { return try skip() }
    try value(of: statement, of: &node)
  }

  /// Reads the value of a property: text bare or in an object, one or several.
  private mutating func value(
    of statement: ScannedNode.Statement, of node: inout ScannedNode
  ) throws(ActivityDocumentError) {
    switch current {
    case UInt8(ascii: "\""): node.add(statement, try string())
    case UInt8(ascii: "["):
      try elements { (scanner) throws(ActivityDocumentError) in
        try scanner.value(of: statement, of: &node)
      }
    case UInt8(ascii: "{"):
      try members { (scanner, name) throws(ActivityDocumentError) in
        guard name.isEqual(to: "@id") || name.isEqual(to: "@value") || name.isEqual(to: "@list")
        else { return try scanner.skip() }
        try scanner.value(of: statement, of: &node)
      }
    default:
      if statement.isRelation, current != UInt8(ascii: "n") {
        throw ActivityDocumentError(
          code: .wrongType, node: node.iri?.string ?? "", message: "\(statement.name) is not text")
      }
      try skip()
    }
  }
}

extension RelationScanner {
  private func error(_ message: String) -> ActivityDocumentError {
    ActivityDocumentError(
      code: .notJSON, node: "", message: "not JSON: \(message) at byte \(position)")
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  /// Calls `body` at each value of an object, with its name.
  private mutating func members(
    _ body: (inout RelationScanner, ScannedText) throws(ActivityDocumentError) -> Void
  ) throws(ActivityDocumentError) {
    try list("{", "}") { (scanner) throws(ActivityDocumentError) in
      guard scanner.current == UInt8(ascii: "\"") else {
        throw scanner.error("expected a member name")
      }
      let name = try scanner.string()
      scanner.skipSpace()
      guard scanner.current == UInt8(ascii: ":") else { throw scanner.error("expected a colon") }
      scanner.position += 1
      scanner.skipSpace()
      try body(&scanner, name)
    }
  }

  /// Calls `body` at each value of an array.
  private mutating func elements(
    _ body: (inout RelationScanner) throws(ActivityDocumentError) -> Void
  ) throws(ActivityDocumentError) {
    guard current == UInt8(ascii: "[") else { return try body(&self) }
    try list("[", "]", body)
  }

  private mutating func list(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar,
    _ body: (inout RelationScanner) throws(ActivityDocumentError) -> Void
  ) throws(ActivityDocumentError) {
    guard current == UInt8(ascii: open) else { throw error("expected \(open)") }
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("nested too deeply") }
    position += 1
    skipSpace()
    if current != UInt8(ascii: close) {
      while true {
        try body(&self)
        skipSpace()
        guard current == UInt8(ascii: ",") else { break }
        position += 1
        skipSpace()
      }
    }
    guard current == UInt8(ascii: close) else { throw error("expected a comma or \(close)") }
    position += 1
    depth -= 1
  }

  private mutating func string() throws(ActivityDocumentError) -> ScannedText {
    position += 1
    let start = position
    var hasEscapes = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
        position += 1
        return ScannedText(text, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        position += 2
      case 0..<0x20: throw error("control character in a string")
      default: position += 1
      }
    }
    throw error("unterminated string")
  }

  /// Passes over a value of any kind.
  private mutating func skip() throws(ActivityDocumentError) {
    switch current {
    case UInt8(ascii: "{"):
      try members { (scanner, _) throws(ActivityDocumentError) in try scanner.skip() }
    case UInt8(ascii: "["):
      try elements { (scanner) throws(ActivityDocumentError) in try scanner.skip() }
    case UInt8(ascii: "\""): _ = try string()
    default:
      let start = position
      while let byte = current, byte.isASCIIAlphanumeric || "+-.".utf8.contains(byte) {
        position += 1
      }
      guard position > start else { throw error("unexpected character") }
    }
  }
}
