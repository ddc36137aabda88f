/// Where in a quad a term is: a literal can be an object only.
enum TermPlace { case node, object }

/// The text of terms as N-Quads has it, and Turtle where it has nothing shorter.
extension [UInt8] {
  /// Appends a term; one that is not checked is known to be one.
  mutating func append(
    _ term: Term, in place: TermPlace, isChecked: Bool = true
  ) throws(RDFError) {
    switch term {
    case .iri(let iri): try appendIRI(iri, isChecked: isChecked)
    case .blankNode(let label): try appendBlankNode(label, isChecked: isChecked)
    case .literal(let literal):
      guard place == .object else {
        throw RDFError(.misplacedTerm, "a literal can be an object only")
      }
      try append(literal, isChecked: isChecked)
    }
  }

  private mutating func append(_ literal: Literal, isChecked: Bool) throws(RDFError) {
    appendQuoted(literal.value)
    if let tag = literal.language {
      try appendLanguageTag(tag, isChecked: isChecked)
    } else if !literal.datatype.hasSameBytes(as: XSD.string) {
      append(contentsOf: "^^".utf8)
      try appendIRI(literal.datatype, isChecked: isChecked)
    }
  }

  mutating func appendIRI(_ iri: String, isChecked: Bool = true) throws(RDFError) {
    if isChecked { try Term.requireAbsoluteIRI(iri) }
    append(UInt8(ascii: "<"))
    append(contentsOf: iri.utf8)
    append(UInt8(ascii: ">"))
  }

  mutating func appendBlankNode(_ label: String, isChecked: Bool = true) throws(RDFError) {
    if isChecked { try Term.requireBlankNodeLabel(label) }
    append(contentsOf: "_:".utf8)
    append(contentsOf: label.utf8)
  }

  mutating func appendLanguageTag(_ tag: String, isChecked: Bool = true) throws(RDFError) {
    if isChecked { try Term.requireLanguageTag(tag) }
    append(UInt8(ascii: "@"))
    append(contentsOf: tag.utf8)
  }

  /// Appends a text in quotes, with the escapes of the canonical form.
  mutating func appendQuoted(_ text: String) {
    append(UInt8(ascii: "\""))
    text.withBytes { bytes in
      var start = 0
      for index in bytes.indices where bytes[index].mayNeedEscape {
        guard let escape = Self.escape(at: index, of: bytes) else { continue }
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
        append(contentsOf: escape.text.utf8)
        start = index + escape.length
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    append(UInt8(ascii: "\""))
  }

  /// The escape of the character at a place, and how many bytes it stands for; nil when it needs
  /// none. U+FFFE and U+FFFF are no characters of XML 1.1, and so escaped as controls are.
  private static func escape(
    at index: Int, of bytes: UnsafeBufferPointer<UInt8>
  ) -> (text: String, length: Int)? {
    switch bytes[index] {
    case 0x08: return ("\\b", 1)
    case 0x09: return ("\\t", 1)
    case 0x0A: return ("\\n", 1)
    case 0x0C: return ("\\f", 1)
    case 0x0D: return ("\\r", 1)
    case 0x22: return ("\\\"", 1)
    case 0x5C: return ("\\\\", 1)
    case 0xEF:
      guard index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE else {
        return nil
      }
      return (bytes[index + 2] == 0xBE ? "\\uFFFE" : "\\uFFFF", 3)
    case let control:
      let digits = String(control, radix: 16, uppercase: true)
      return ((control < 0x10 ? "\\u000" : "\\u00") + digits, 1)
    }
  }
}

extension UInt8 {
  /// Whether it is, or in the case of 0xEF may begin, what strings have as an escape.
  @inline(__always)
  fileprivate var mayNeedEscape: Bool {
    self < 0x20 || self == 0x22 || self == 0x5C || self == 0x7F || self == 0xEF
  }
}
