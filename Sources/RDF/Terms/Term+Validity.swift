/// Which texts can be terms: what readers refuse and writers do not write.
extension Term {
  /// Whether a text is an absolute IRI, as far as N-Quads asks for one: a scheme, no character
  /// that has to be escaped in every IRI, and one fragment at most.
  ///
  /// Source: RDF 1.1 N-Quads, production IRIREF; RFC 3987, section 2.2.
  public static func isAbsoluteIRI(_ text: String) -> Bool {
    text.withBytes { bytes in
      guard let first = bytes.first, first.isASCIILetter else { return false }
      var index = 1
      while index < bytes.count, bytes[index].isSchemeByte { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return false }
      var hasFragment = false
      while index < bytes.count {
        if !bytes[index].isPlainIRIByte {
          guard bytes[index] == UInt8(ascii: "#"), !hasFragment else { return false }
          hasFragment = true
        }
        index += 1
      }
      return true
    }
  }

  /// Whether a text is formed as language tags are.
  ///
  /// Source: RDF 1.1 N-Quads, production LANGTAG, without the `@`.
  public static func isLanguageTag(_ text: String) -> Bool {
    text.withBytes { bytes in
      var (subtagLength, isFirst) = (0, true)
      for byte in bytes {
        if byte == UInt8(ascii: "-") {
          guard subtagLength > 0 else { return false }
          (subtagLength, isFirst) = (0, false)
        } else {
          guard byte.isASCIILetter || !isFirst && byte.isASCIIDigit else { return false }
          subtagLength += 1
        }
      }
      return subtagLength > 0
    }
  }

  /// Whether a text can be the label of a blank node, without `_:`.
  ///
  /// Source: RDF 1.1 N-Quads, production BLANK_NODE_LABEL.
  public static func isBlankNodeLabel(_ text: String) -> Bool {
    let isPlain = text.withBytes { bytes in
      !bytes.isEmpty && bytes.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
    }
    if isPlain { return true }
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      first.isNameStart || first == ":" || first.isDigit, last != "."
    else { return false }
    return text.unicodeScalars.allSatisfy { $0.isName || $0 == ":" || $0 == "." }
  }

  static func requireAbsoluteIRI(_ text: String) throws(RDFError) {
    guard isAbsoluteIRI(text) else {
      throw RDFError(.invalidIRI, "'\(text.shortened)' is no absolute IRI")
    }
  }

  static func requireLanguageTag(_ text: String) throws(RDFError) {
    guard isLanguageTag(text) else {
      throw RDFError(.invalidLanguageTag, "'\(text.shortened)' is no language tag")
    }
  }

  static func requireBlankNodeLabel(_ text: String) throws(RDFError) {
    guard isBlankNodeLabel(text) else {
      throw RDFError(.invalidBlankNodeLabel, "'\(text.shortened)' is no label of a blank node")
    }
  }
}

extension String {
  /// The text as far as an error message can show it.
  fileprivate var shortened: String {
    utf8.count <= 100 ? self : String(unicodeScalars.prefix(80)) + "…"
  }
}
