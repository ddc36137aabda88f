extension JSONNumber {
  /// The text of the number as ECMAScript writes it, which RFC 8785 prescribes; nil for what is
  /// larger than all values of 64 bits.
  ///
  /// Source: RFC 8785, section 3.2.2.3; ECMA-262, Number::toString.
  var ecmaScriptText: String? {
    let value = double
    return value.isFinite ? value.ecmaScriptText : nil
  }

  /// The lexical form as an `xsd:integer`; nil where the number has a fraction or is 10^21 or more.
  ///
  /// Integers keep all of their digits, also those that 64 bits of floating point would lose.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.6, Data Round Tripping.
  var integerText: String? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    if digits.count <= 21, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
      return digits.elementsEqual("0".utf8) ? "0" : text
    }
    let value = double
    guard value.isFinite, value.magnitude < 1e21, value == value.rounded(.towardZero) else {
      return nil
    }
    return String(Int128(value))
  }

  /// The canonical lexical form as an `xsd:double`, of at most 16 digits: `5.3E0`.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.6, Data Round Tripping.
  var doubleText: String { double.xsdText }
}
