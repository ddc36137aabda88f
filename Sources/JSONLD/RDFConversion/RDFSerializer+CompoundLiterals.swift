import RDF

extension RDFSerializer {
  /// Makes strings of the nodes that are a text, a direction and perhaps a language.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.4, Serialize RDF as JSON-LD,
  /// step 6.1.
  func foldCompoundLiterals() throws(JSONLDError) {
    for (place, graph) in graphs.enumerated() {
      for node in graph.nodes where node.isBlank {
        guard let string = try compoundLiteral(node), let use = onlyUse(of: node.id, in: place)
        else { continue }
        node.isAbsorbed = true
        use.value.content = .value(.object(string))
      }
    }
  }

  /// The value object of a node; nil when it has more or less than a compound literal has.
  private func compoundLiteral(_ node: SerializedNode) throws(JSONLDError) -> JSONObject? {
    guard node.types.isEmpty, node.graph == nil,
      let value = node.onlyValue(of: RDFVocabulary.value)?.text,
      let direction = node.onlyValue(of: RDFVocabulary.direction)?.text
    else { return nil }
    let language = node.onlyValue(of: RDFVocabulary.language)?.text
    guard node.properties.count == (language == nil ? 2 : 3) else { return nil }
    var object = JSONObject()
    object["@value"] = .string(value)
    if let language {
      guard Term.isLanguageTag(language) else {
        throw JSONLDError(.invalidLanguageTaggedString, "\(language) is no language tag.")
      }
      object["@language"] = .string(language)
    }
    guard Direction(rawValue: direction) != nil else {
      throw JSONLDError(.invalidBaseDirection, "\(direction) is no base direction.")
    }
    object["@direction"] = .string(direction)
    return object
  }
}

extension SerializedValue {
  /// The text, when this is a plain string.
  fileprivate var text: String? {
    guard case .value(.object(let object)) = content, object.count == 1 else { return nil }
    return object["@value"]?.string
  }
}
