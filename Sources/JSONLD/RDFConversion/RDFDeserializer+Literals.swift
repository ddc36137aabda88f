import RDF

extension RDFDeserializer {
  /// The namespace of datatypes that are a language and a base direction.
  ///
  /// Source: JSON-LD 1.1, section 4.2.4.1, Base Direction.
  static let i18nNamespace = "https://www.w3.org/ns/i18n#"

  /// Returns the literal of a value object; nil when it cannot be written.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.2, Object to RDF Conversion.
  mutating func literal(_ object: JSONObject, isStated: Bool) throws -> Term? {
    var value = JSON.null
    var datatype: String?
    var language: String?
    var direction: String?
    for (name, member) in object.members {
      switch name {
      case "@value": value = member
      case "@type": datatype = member.string
      case "@language": language = member.string
      case "@direction": direction = member.string
      default: break
      }
    }
    if datatype == "@json" {
      return .literal(Literal(JSONWriter(.canonical).text(of: value), datatype: RDFVocabulary.json))
    }
    try budget.say(datatype ?? language ?? "")
    if let datatype, !Term.isAbsoluteIRI(datatype) { return nil }
    if let language, !Term.isLanguageTag(language) { return nil }
    if case .string(let text) = value {
      if let direction, let form = options.rdfDirection {
        return try string(text, language, direction, as: form, isStated: isStated)
      }
      if datatype == nil, let language { return .literal(Literal(text, language: language)) }
      return .literal(Literal(text, datatype: datatype ?? XSD.string))
    }
    return native(value, datatype: datatype).map { .literal($0) }
  }

  private func native(_ value: JSON, datatype: String?) -> Literal? {
    switch value {
    case .bool(let value):
      return Literal(value ? "true" : "false", datatype: datatype ?? XSD.boolean)
    case .number(let number):
      if datatype != XSD.double, let text = number.integerText {
        return Literal(text, datatype: datatype ?? XSD.integer)
      }
      return Literal(number.doubleText, datatype: datatype ?? XSD.double)
    case .null, .string, .array, .object: return nil
    }
  }

  /// Returns the term of a string with a base direction.
  private mutating func string(
    _ text: String, _ language: String?, _ direction: String,
    as form: ProcessingOptions.RDFDirection, isStated: Bool
  ) throws -> Term? {
    let language = language?.lowercased()
    switch form {
    case .i18nDatatype:
      let datatype = Self.i18nNamespace + (language ?? "") + "_" + direction
      return .literal(Literal(text, datatype: datatype))
    case .compoundLiteral:
      let node = Term.blankNode(blankNodes.fresh())
      guard isStated else { return node }
      try state(node, .iri(RDFVocabulary.value), .literal(Literal(text)))
      if let language {
        try state(node, .iri(RDFVocabulary.language), .literal(Literal(language)))
      }
      try state(node, .iri(RDFVocabulary.direction), .literal(Literal(direction)))
      return node
    }
  }
}
