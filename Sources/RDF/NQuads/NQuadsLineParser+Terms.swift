/// The tokens: the parser is at the first byte of each, and then behind it.
extension NQuadsLineParser {
  mutating func iri(in line: Span<UInt8>) throws(RDFError) -> String {
    position += 1
    let start = position
    while position < line.count, line[position].isIRIByte { position += 1 }
    guard position < line.count else { throw RDFError(.syntax, "an IRI has no end") }
    if line[position] == UInt8(ascii: "\\") {
      let iri = try unescaped(from: start, to: UInt8(ascii: ">"), in: line)
      try Term.requireAbsoluteIRI(iri)
      return iri
    }
    guard line[position] == UInt8(ascii: ">") else {
      throw RDFError(.invalidIRI, "an IRI has a character that no IRI has")
    }
    let iri = try plainIRI(start..<position, of: line)
    position += 1
    return iri
  }

  mutating func blankNode(in line: Span<UInt8>) throws(RDFError) -> String {
    position += 1
    guard position < line.count, line[position] == UInt8(ascii: ":") else {
      throw RDFError(.syntax, "expected '_:' and a label")
    }
    position += 1
    let start = position
    while position < line.count, line[position].mayBeInLabel { position += 1 }
    // The dot that ends the statement may follow at once.
    while position > start, line[position - 1] == UInt8(ascii: ".") { position -= 1 }
    let label = try text(start..<position, of: line)
    try Term.requireBlankNodeLabel(label)
    return label
  }

  mutating func languageTag(in line: Span<UInt8>) throws(RDFError) -> String {
    position += 1
    let start = position
    while position < line.count, line[position].mayBeInTag { position += 1 }
    let tag = try text(start..<position, of: line)
    try Term.requireLanguageTag(tag)
    return tag
  }

  mutating func quoted(in line: Span<UInt8>) throws(RDFError) -> String {
    position += 1
    let start = position
    while position < line.count, line[position] != UInt8(ascii: "\"") {
      if line[position] == UInt8(ascii: "\\") {
        return try unescaped(from: start, to: UInt8(ascii: "\""), in: line)
      }
      position += 1
    }
    guard position < line.count else { throw RDFError(.syntax, "a string has no end") }
    let value = try text(start..<position, of: line)
    position += 1
    return value
  }

  /// The rest of a term in which an escape was met, from the term's start to its end.
  private mutating func unescaped(
    from start: Int, to end: UInt8, in line: Span<UInt8>
  ) throws(RDFError) -> String {
    unescaped.removeAll(keepingCapacity: unescaped.count < 1 << 16)
    line.extracting(start..<position).withUnsafeBufferPointer { unescaped.append(contentsOf: $0) }
    while position < line.count, line[position] != end {
      let byte = line[position]
      position += 1
      if byte == UInt8(ascii: "\\") {
        try escape(in: line, mayBeLetter: end == UInt8(ascii: "\""))
      } else {
        unescaped.append(byte)
      }
    }
    guard position < line.count else { throw RDFError(.syntax, "a term has no end") }
    position += 1
    guard let text = String(validating: unescaped, as: UTF8.self) else {
      throw RDFError(.invalidUTF8, "a term is no UTF-8")
    }
    return text
  }

  /// Reads the escape after its backslash; only in strings may it be a letter (ECHAR).
  private mutating func escape(
    in line: Span<UInt8>, mayBeLetter: Bool
  ) throws(RDFError) {
    let kind = position < line.count ? line[position] : 0
    position += 1
    switch kind {
    case UInt8(ascii: "u"): try codePoint(digits: 4, in: line)
    case UInt8(ascii: "U"): try codePoint(digits: 8, in: line)
    default:
      guard mayBeLetter, let byte = kind.escapedByLetter else {
        throw RDFError(.invalidEscape, "an escape that there is not")
      }
      unescaped.append(byte)
    }
  }

  private mutating func codePoint(digits: Int, in line: Span<UInt8>) throws(RDFError) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard position < line.count, let digit = line[position].hexadecimalValue else {
        throw RDFError(.invalidEscape, "an escape has not \(digits) hexadecimal digits")
      }
      value = value << 4 | digit
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw RDFError(
        .invalidEscape, "an escape stands for no character: a surrogate, or beyond U+10FFFF")
    }
    unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}

extension UInt8 {
  /// Whether it may be a byte of a blank node's label; the label as a whole is checked after.
  fileprivate var mayBeInLabel: Bool {
    self >= 0x80 || isASCIILetter || isASCIIDigit || self == UInt8(ascii: "_")
      || self == UInt8(ascii: ":") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
  }

  fileprivate var mayBeInTag: Bool {
    isASCIILetter || isASCIIDigit || self == UInt8(ascii: "-")
  }

  /// What a backslash and this letter stand for: ECHAR.
  fileprivate var escapedByLetter: UInt8? {
    switch self {
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): self
    default: nil
    }
  }
}
