extension ContextBuilder {
  /// IRI expansion with the terms of the context that is being processed.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 5.2, IRI Expansion.
  mutating func expand(_ text: String) throws(JSONLDError) -> String? {
    if Keyword(text) == nil, !Keyword.isForm(text) {
      try define(text)
      if mappings.terms[Name(text)] == nil,
        let prefix = ContextMappings.prefixAndSuffix(of: text)?.prefix
      {
        try define(prefix)
      }
    }
    return mappings.expandIRI(text, isVocabulary: true)
  }

  func isIRIOrBlankNode(_ text: String) -> Bool {
    IRIReference.isAbsolute(text) || text.hasPrefix("_:")
  }

  /// Steps 14 to 18; false where the term is ignored.
  mutating func applyIRI(
    of term: String, _ entries: JSONObject, isSimple: Bool, to draft: inout TermDefinition.Draft
  ) throws(JSONLDError) -> Bool {
    switch entries["@id"] {
    case .null?: return true
    case .string(let text)? where text.isSame(as: term): break
    case .string(let text)?:
      if Keyword(text) == nil, Keyword.isForm(text) { return false }
      draft.iri = try iri(text, of: term)
      draft.isPrefix = isSimple && isPrefix(draft.iri, of: term)
      return true
    case .some: throw JSONLDError(.invalidIRIMapping, "An IRI is a string.", at: "/@id")
    case nil: break
    }
    draft.iri = try implicitIRI(of: term)
    return true
  }

  /// Step 14.2: the IRI that a definition names.
  private mutating func iri(_ text: String, of term: String) throws(JSONLDError) -> String {
    guard let iri = try expand(text), Keyword(iri) != nil || isIRIOrBlankNode(iri) else {
      throw JSONLDError(.invalidIRIMapping, "<\(text)> is neither an IRI nor a keyword.")
    }
    guard iri != "@context" else {
      throw JSONLDError(.invalidKeywordAlias, "@context has no aliases.")
    }
    let inner = term.utf8.dropFirst().dropLast()
    if inner.contains(UInt8(ascii: ":")) || term.utf8.contains(UInt8(ascii: "/")) {
      settle(term)
      guard let expanded = try expand(term), expanded.isSame(as: iri) else {
        throw JSONLDError(.invalidIRIMapping, "The term is an IRI, but not that of its definition.")
      }
    }
    return iri
  }

  /// Step 14.2.5: whether a simple term may be a prefix.
  private func isPrefix(_ iri: String?, of term: String) -> Bool {
    guard let iri, let last = iri.utf8.last else { return false }
    guard !term.utf8.contains(UInt8(ascii: ":")), !term.utf8.contains(UInt8(ascii: "/")) else {
      return false
    }
    return ":/?#[]@".utf8.contains(last) || iri.hasPrefix("_:")
  }

  /// Steps 15 to 18: the IRI that a term is by itself.
  private mutating func implicitIRI(of term: String) throws(JSONLDError) -> String {
    if ContextMappings.colon(in: term) != nil {
      guard let (prefix, suffix) = ContextMappings.prefixAndSuffix(of: term) else { return term }
      try define(prefix)
      return mappings.terms[Name(prefix)]?.iri.map { $0 + suffix } ?? term
    }
    if term.utf8.contains(UInt8(ascii: "/")) {
      guard let iri = mappings.expandIRI(term, isVocabulary: true), IRIReference.isAbsolute(iri)
      else { throw JSONLDError(.invalidIRIMapping, "The term is relative to no vocabulary.") }
      return iri
    }
    if term == "@type" { return term }
    guard let vocabulary = mappings.vocabulary else {
      throw JSONLDError(.invalidIRIMapping, "The term has no IRI, and there is no vocabulary.")
    }
    return vocabulary + term
  }
}
