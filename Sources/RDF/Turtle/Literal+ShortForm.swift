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

    /// nil when the text is none of the three.
    init?(_ text: String) {
      var rest = text.utf8[...]
      Self.skipSign(&rest)
      let whole = Self.skipDigits(&rest)
      let hasPoint = rest.first == UInt8(ascii: ".")
      if hasPoint { rest.removeFirst() }
      let fraction = hasPoint ? Self.skipDigits(&rest) : 0
      guard whole + fraction > 0 else { return nil }
      if rest.isEmpty {
        guard !hasPoint || fraction > 0 else { return nil }
        self = hasPoint ? .decimal : .integer
        return
      }
      guard rest.removeFirst() | 0x20 == UInt8(ascii: "e") else { return nil }
      Self.skipSign(&rest)
      guard Self.skipDigits(&rest) > 0, rest.isEmpty else { return nil }
      self = .double
    }

    private static func skipSign(_ rest: inout Substring.UTF8View) {
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    }

    private static func skipDigits(_ rest: inout Substring.UTF8View) -> Int {
      let digits = rest.prefix(while: \.isASCIIDigit)
      rest = rest[digits.endIndex...]
      return digits.count
    }
  }
}
