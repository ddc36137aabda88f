/// A word, a sign or a string literal of Swift source text.
struct SourceToken: Equatable {
  enum Kind: Equatable {
    /// A name or keyword; those in backticks are names only.
    case word(String, isQuoted: Bool)
    /// One character that is none of the others.
    case sign(UInt8)
    /// A string literal: what stands between its quotes, with U+FFFC for an interpolation.
    case literal(String)
  }

  let kind: Kind

  /// The line it starts on, from 1.
  let line: Int

  /// The word, when this is one that is not in backticks.
  var word: String? {
    if case .word(let word, isQuoted: false) = kind { word } else { nil }
  }

  func isSign(_ sign: Unicode.Scalar) -> Bool { kind == .sign(UInt8(ascii: sign)) }
}

/// Reads Swift source text as tokens, so that rules see code and literals apart from comments.
///
/// It knows nested comments, raw and multi-line strings, and code within interpolations.
/// Regex literals in slashes are not known; the project's style has none.
struct SourceScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var tokens: [SourceToken] = []

  static func tokens(of source: String) -> [SourceToken] {
    var scanner = SourceScanner(bytes: Array(source.utf8))
    scanner.scan(untilClosingParenthesis: false)
    return scanner.tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func advance(_ count: Int = 1) {
    let end = min(position + count, bytes.count)
    line += bytes[position..<end].count { $0 == UInt8(ascii: "\n") }
    position = end
  }

  private mutating func scan(untilClosingParenthesis isNested: Bool) {
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      if starts("//") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { advance() }
      } else if starts("/*") {
        skipComment()
      } else if byte == UInt8(ascii: "\"") || isRawString {
        scanString()
      } else if Self.isWord(byte) || byte == UInt8(ascii: "`") {
        scanWord()
      } else {
        if isNested, byte == UInt8(ascii: ")"), depth == 0 { return advance() }
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if byte > 0x20 { tokens.append(SourceToken(kind: .sign(byte), line: line)) }
        advance()
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if starts("/*") { depth += 1 }
      if starts("*/") { depth -= 1 }
      advance(starts("/*") || starts("*/") ? 2 : 1)
    } while depth > 0 && position < bytes.count
  }

  private mutating func scanWord() {
    let isQuoted = bytes[position] == UInt8(ascii: "`")
    let (start, startLine) = (isQuoted ? position + 1 : position, line)
    if isQuoted { advance() }
    while position < bytes.count,
      isQuoted ? bytes[position] != UInt8(ascii: "`") : Self.isWord(bytes[position])
    { advance() }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    if isQuoted { advance() }
    tokens.append(SourceToken(kind: .word(word, isQuoted: isQuoted), line: startLine))
  }

  /// The number signs here, when a quote follows them.
  private var isRawString: Bool {
    let end = bytes[position...].firstIndex { $0 != UInt8(ascii: "#") } ?? bytes.endIndex
    return end > position && end < bytes.count && bytes[end] == UInt8(ascii: "\"")
  }

  private mutating func scanString() {
    let startLine = line
    let pounds = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
    advance(pounds)
    let quotes = starts("\"\"\"") ? 3 : 1
    advance(quotes)
    let end = String(repeating: "\"", count: quotes) + String(repeating: "#", count: pounds)
    let escape = "\\" + String(repeating: "#", count: pounds)
    var text: [UInt8] = []
    while position < bytes.count, !starts(end) {
      if starts(escape + "(") {
        advance(escape.utf8.count + 1)
        scan(untilClosingParenthesis: true)
        text.append(contentsOf: "\u{FFFC}".utf8)
      } else {
        let count = starts(escape) ? escape.utf8.count + 1 : 1
        text.append(contentsOf: bytes[position..<min(position + count, bytes.count)])
        advance(count)
      }
    }
    advance(end.utf8.count)
    let literal = String(decoding: text, as: UTF8.self)
    tokens.append(SourceToken(kind: .literal(literal), line: startLine))
  }
}
