import RDF

extension RDFSerializer {
  /// Returns the value object of a literal.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.5, RDF to Object Conversion.
  func value(of literal: Literal) throws(JSONLDError) -> JSON {
    if let language = literal.language {
      return ["@value": .string(literal.value), "@language": .string(language)]
    }
    let datatype = literal.datatype
    if datatype == XSD.string { return ["@value": .string(literal.value)] }
    if datatype == RDFVocabulary.json, options.mode == .jsonLD11 {
      return ["@value": try json(of: literal), "@type": "@json"]
    }
    if options.usesNativeTypes, let value = literal.native { return ["@value": value] }
    if options.rdfDirection == .i18nDatatype, let string = directed(literal) { return string }
    return ["@value": .string(literal.value), "@type": .string(datatype)]
  }

  private func json(of literal: Literal) throws(JSONLDError) -> JSON {
    do {
      var parser = JSONParser()
      parser.limits = options.limits
      return try parser.parse(literal.value)
    } catch {
      throw JSONLDError(.invalidJSONLiteral, "A literal is no JSON: \(error.message)")
    }
  }

  /// The string of a datatype that is a language and a base direction; nil for other datatypes.
  private func directed(_ literal: Literal) -> JSON? {
    let namespace = RDFDeserializer.i18nNamespace.utf8
    guard literal.datatype.utf8.starts(with: namespace) else { return nil }
    let tags = literal.datatype.utf8.dropFirst(namespace.count)
      .split(separator: UInt8(ascii: "_"), maxSplits: 1, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard tags.count == 2, Direction(rawValue: tags[1]) != nil else { return nil }
    var object = JSONObject("@value", .string(literal.value))
    if !tags[0].isEmpty {
      guard Term.isLanguageTag(tags[0]) else { return nil }
      object["@language"] = .string(tags[0])
    }
    object["@direction"] = .string(tags[1])
    return .object(object)
  }
}

extension Literal {
  /// The truth value or number of JSON; nil where JSON has none that is the same.
  fileprivate var native: JSON? {
    switch datatype {
    case XSD.boolean:
      switch value {
      case "true": true
      case "false": false
      default: nil
      }
    case XSD.integer: integer.map { .number($0) }
    case XSD.double: double.map { .number($0) }
    default: nil
    }
  }

  /// Source: XML Schema Definition Language 1.1, part 2, section 3.4.13, integer.
  private var integer: JSONNumber? {
    var digits = value.utf8[...]
    var sign = ""
    if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? "-" : ""
      digits = digits.dropFirst()
    }
    guard !digits.isEmpty, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
    digits = digits.drop { $0 == UInt8(ascii: "0") }
    return JSONNumber(unchecked: digits.isEmpty ? "0" : sign + String(Substring(digits)))
  }

  /// Source: XML Schema Definition Language 1.1, part 2, section 3.3.5, double.
  private var double: JSONNumber? {
    // Swift reads more than XML Schema, such as hexadecimal digits.
    let isDecimal = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    return isDecimal ? Double(value).flatMap { JSONNumber($0) } : nil
  }
}
