extension Literal {
  /// Whether the lexical form alone says in Turtle what the literal is.
  ///
  /// Source: RDF 1.1 Turtle, section 2.5.2, and productions INTEGER, DECIMAL, DOUBLE and
  /// BooleanLiteral.
  var hasShortForm: Bool {
    guard language == nil, let number = NumberForm(value) else {
      return (value == "true" || value == "false") && datatype == XSD.boolean
    }
    switch number {
    case .integer: return datatype == XSD.integer
    case .decimal: return datatype == XSD.decimal
    case .double: return datatype == XSD.double
    }
  }

  private enum NumberForm {
    case integer, decimal, double

    /// nil when the text is none of the three, or is one that some readers do not keep as it
    /// is: with a plus, zeros before the number, or no digit before the point.
    init?(_ text: String) {
      var rest = text.utf8[...]
      let isNegative = rest.first == UInt8(ascii: "-")
      if isNegative { rest.removeFirst() }
      let startsWithZero = rest.first == UInt8(ascii: "0")
      let wholeCount = Self.skipDigits(&rest)
      guard wholeCount == 1 || wholeCount > 1 && !startsWithZero else { return nil }
      if rest.isEmpty {
        guard !(isNegative && startsWithZero) else { return nil }
        self = .integer
        return
      }
      if rest.first == UInt8(ascii: ".") {
        rest.removeFirst()
        guard Self.skipDigits(&rest) > 0 else { return nil }
        self = .decimal
        if rest.isEmpty { return }
      }
      guard rest.removeFirst() | 0x20 == UInt8(ascii: "e") else { return nil }
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard Self.skipDigits(&rest) > 0, rest.isEmpty else { return nil }
      self = .double
    }

    private static func skipDigits(_ rest: inout Substring.UTF8View) -> Int {
      let digits = rest.prefix(while: \.isASCIIDigit)
      rest = rest[digits.endIndex...]
      return digits.count
    }
  }
}
