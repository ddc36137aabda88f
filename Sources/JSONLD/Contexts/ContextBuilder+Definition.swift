extension ContextBuilder {
  /// Steps 4 to 28 for one term; nil where the standard has it ignored.
  mutating func makeDefinition(
    of term: String, _ value: JSON
  ) throws(JSONLDError) -> TermDefinition? {
    try check(term, value)
    if Keyword(term) == nil, Keyword.isForm(term) { return nil }
    let previous = mappings.terms.removeValue(forKey: Name(term))
    let entries: JSONObject
    var isSimple = false
    switch value {
    case .null: entries = JSONObject("@id", .null)
    case .string:
      entries = JSONObject("@id", value)
      isSimple = true
    case .object(let object): entries = object
    default:
      throw JSONLDError(.invalidTermDefinition, "A term is defined by an object, an IRI or null.")
    }
    var draft = TermDefinition.Draft()
    draft.isProtected = try protection(entries)
    draft.type = try type(entries)
    if let reverse = entries["@reverse"] {
      guard try applyReverse(reverse, entries, to: &draft) else { return nil }
    } else {
      guard try applyIRI(of: term, entries, isSimple: isSimple, to: &draft) else { return nil }
      try applyContainer(entries, to: &draft)
    }
    try applyEntries(entries, of: term, to: &draft)
    return try result(TermDefinition(draft), previous)
  }

  /// Steps 2, 4 and 5: which terms there may be.
  private func check(_ term: String, _ value: JSON) throws(JSONLDError) {
    guard !term.isEmpty else { throw JSONLDError(.invalidTermDefinition, "The term is empty.") }
    guard let keyword = Keyword(term) else { return }
    // In 1.1 `@type` may be said to be a set, and no more.
    guard keyword == .type, mode != .jsonLD10, case .object(let entries) = value, !entries.isEmpty,
      entries.members.allSatisfy({ name, value in
        name == "@protected" || name == "@container" && value == "@set"
      })
    else { throw JSONLDError(.keywordRedefinition, "A keyword cannot be defined.") }
  }

  /// Steps 10 and 11.
  private func protection(_ entries: JSONObject) throws(JSONLDError) -> Bool {
    guard let value = entries["@protected"] else { return isProtected }
    try requireVersion11("@protected")
    guard let isProtected = value.bool else {
      throw JSONLDError(
        .invalidProtectedValue, "The value of @protected is true or false.", at: "/@protected")
    }
    return isProtected
  }

  func requireVersion11(_ entry: String) throws(JSONLDError) {
    guard mode != .jsonLD10 else {
      throw JSONLDError(
        .invalidTermDefinition, "Terms are defined with \(entry) in JSON-LD 1.1 only.")
    }
  }

  /// Step 12.
  private mutating func type(_ entries: JSONObject) throws(JSONLDError) -> TypeMapping? {
    guard let value = entries["@type"] else { return nil }
    if let text = value.string, let iri = try expand(text) {
      switch iri {
      case "@id": return .id
      case "@vocab": return .vocab
      case "@json" where mode != .jsonLD10: return .json
      case "@none" where mode != .jsonLD10: return TypeMapping.none
      default:
        try processor.budget.take(iri: iri, of: text)
        if IRIReference.isAbsolute(iri) { return .iri(iri) }
      }
    }
    throw JSONLDError(
      .invalidTypeMapping, "A type is an IRI, @id, @vocab, @json or @none.", at: "/@type")
  }

  /// Step 13; false where the term is ignored.
  private mutating func applyReverse(
    _ reverse: JSON, _ entries: JSONObject, to draft: inout TermDefinition.Draft
  ) throws(JSONLDError) -> Bool {
    guard !entries.contains("@id"), !entries.contains("@nest") else {
      throw JSONLDError(.invalidReverseProperty, "A reverse property has neither @id nor @nest.")
    }
    guard case .string(let text) = reverse else {
      throw JSONLDError(.invalidIRIMapping, "A reverse property is an IRI.", at: "/@reverse")
    }
    if Keyword(text) == nil, Keyword.isForm(text) { return false }
    guard let iri = try expand(text), isIRIOrBlankNode(iri) else {
      throw JSONLDError(.invalidIRIMapping, "<\(text)> is no IRI.", at: "/@reverse")
    }
    draft.iri = iri
    draft.isReverse = true
    switch entries["@container"] {
    case nil, .null?: break
    case "@set": draft.container = .set
    case "@index": draft.container = .index
    default:
      throw JSONLDError(
        .invalidReverseProperty, "The container of a reverse property is @set or @index.",
        at: "/@container")
    }
    return true
  }

  /// Step 27: what is protected stays as it is.
  private func result(
    _ definition: TermDefinition, _ previous: TermDefinition?
  ) throws(JSONLDError) -> TermDefinition {
    guard let previous, previous.isProtected, !settings.overridesProtected else {
      return definition
    }
    guard definition.isSame(as: previous) else {
      throw JSONLDError(.protectedTermRedefinition, "The term is protected by a context before.")
    }
    return previous
  }
}
