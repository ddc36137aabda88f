extension ContextBuilder {
  /// Step 19.
  func applyContainer(
    _ entries: JSONObject, to draft: inout TermDefinition.Draft
  ) throws(JSONLDError) {
    guard let value = entries["@container"] else { return }
    guard let container = container(value) else {
      throw JSONLDError(
        .invalidContainerMapping, "There is no such container in this version.", at: "/@container")
    }
    draft.container = container
    guard container.contains(.type) else { return }
    draft.type = draft.type ?? .id
    guard draft.type == .id || draft.type == .vocab else {
      throw JSONLDError(
        .invalidTypeMapping, "The type is @id or @vocab where the container is @type.", at: "/@type"
      )
    }
  }

  private func container(_ value: JSON) -> Container? {
    let names: [JSON]
    switch value {
    case .string: names = [value]
    case .array(let array) where mode != .jsonLD10: names = array
    default: return nil
    }
    var container: Container = []
    for name in names {
      guard let one = name.string.flatMap({ Container($0) }) else { return nil }
      container.formUnion(one)
    }
    if mode == .jsonLD10, !container.isDisjoint(with: [.graph, .id, .type]) { return nil }
    switch container.subtracting(.set) {
    case [], .index, .language, .id, .type, .graph, [.graph, .id], [.graph, .index]:
      return container.isEmpty ? nil : container
    case .list: return container == .list ? .list : nil
    default: return nil
    }
  }

  /// Steps 20 to 26.
  mutating func applyEntries(
    _ entries: JSONObject, of term: String, to draft: inout TermDefinition.Draft
  ) throws(JSONLDError) {
    for (name, value) in entries.members {
      do throws(JSONLDError) {
        switch Keyword(name) {
        case .index: draft.index = try index(value, draft.container)
        case .context:
          try checkScoped(value)
          draft.context = value
          draft.baseURL = settings.baseURL
        case .language: if !entries.contains("@type") { draft.language = try language(value) }
        case .direction: if !entries.contains("@type") { draft.direction = try direction(value) }
        case .nest: draft.nest = try nest(value)
        case .prefix: draft.isPrefix = try isPrefix(value, of: term, draft)
        case .container, .id, .protected, .reverse, .type: break
        default: throw JSONLDError(.invalidTermDefinition, "Terms are not defined with this.")
        }
      } catch { throw isPlaced ? error : error.inside(name) }
    }
  }

  /// Step 20.
  private mutating func index(
    _ value: JSON, _ container: Container
  ) throws(JSONLDError) -> String {
    try requireVersion11("@index")
    guard container.contains(.index), let text = value.string, let iri = try expand(text),
      IRIReference.isAbsolute(iri)
    else {
      throw JSONLDError(
        .invalidTermDefinition, "An index is an IRI, and its term has the container @index.")
    }
    return text
  }

  /// Step 21: a scoped context has to be right also where it is never used.
  private func checkScoped(_ value: JSON) throws(JSONLDError) {
    try requireVersion11("@context")
    var inner = settings
    inner.overridesProtected = true
    inner.propagates = true
    inner.validatesScoped = false
    do throws(JSONLDError) {
      _ = try processor.processAnew(value, in: ActiveContext(mappings), inner)
    } catch {
      // What may be right once a document is there, or costs too much, is no error of its own.
      if error.missingDocument != nil || error.code == .limitExceeded { throw error }
      throw error.recoded(.invalidScopedContext)
    }
  }

  /// Step 22.
  private func language(_ value: JSON) throws(JSONLDError) -> TermDefinition.Mapping<String> {
    switch value {
    case .null: return .null
    case .string(let tag): return .value(tag)
    default: throw JSONLDError(.invalidLanguageMapping, "A language is a string or null.")
    }
  }

  /// Step 23.
  private func direction(_ value: JSON) throws(JSONLDError) -> TermDefinition.Mapping<Direction> {
    if value.isNull { return .null }
    guard let direction = value.string.flatMap({ Direction(rawValue: $0) }) else {
      throw JSONLDError(.invalidBaseDirection, "A base direction is ltr, rtl or null.")
    }
    return .value(direction)
  }

  /// Step 24.
  private func nest(_ value: JSON) throws(JSONLDError) -> String {
    try requireVersion11("@nest")
    guard let text = value.string, Keyword(text) == nil || text == "@nest" else {
      throw JSONLDError(.invalidNestValue, "The value of @nest is itself or a term.")
    }
    return text
  }

  /// Step 25.
  private func isPrefix(
    _ value: JSON, of term: String, _ draft: TermDefinition.Draft
  ) throws(JSONLDError) -> Bool {
    try requireVersion11("@prefix")
    guard !term.utf8.contains(UInt8(ascii: ":")), !term.utf8.contains(UInt8(ascii: "/")) else {
      throw JSONLDError(.invalidTermDefinition, "No prefix has a colon or a slash.")
    }
    guard let isPrefix = value.bool else {
      throw JSONLDError(.invalidPrefixValue, "The value of @prefix is true or false.")
    }
    guard !isPrefix || draft.iri.flatMap({ Keyword($0) }) == nil else {
      throw JSONLDError(.invalidTermDefinition, "No alias of a keyword is a prefix.")
    }
    return isPrefix
  }
}
