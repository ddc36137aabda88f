extension Processor {
  /// Returns a document in expanded form, an array of node objects.
  ///
  /// `base` is the IRI of the document, against which its IRIs are resolved where the options
  /// give none. Without a loader, contexts that are not there already are an error.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.2, expand().
  public func expand(_ document: JSON, base: String? = nil) throws(JSONLDError) -> JSON {
    try run { contexts throws(JSONLDError) in
      .array(try expand(document, base: base, with: contexts))
    }
  }

  /// Returns a document in expanded form, loading the contexts that it names.
  public func expand(
    _ document: JSON, base: String? = nil, loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await run(loadingWith: loader) { contexts throws(JSONLDError) in
      .array(try expand(document, base: base, with: contexts))
    }
  }

  /// The context with which a document starts: its base, and the context of the options.
  func initialContext(
    base: String?, with contexts: ContextProcessor
  ) throws(JSONLDError) -> ActiveContext {
    let active = cache.initialContext(base: options.base ?? base)
    guard let context = options.expansionContext else { return active }
    var settings = ContextProcessor.Settings()
    settings.baseURL = options.base ?? base
    return try contexts.process(context["@context"] ?? context, in: active, settings)
  }

  /// Expands a document with contexts that may have been loaded.
  func expand(
    _ document: JSON, base: String?, with contexts: ContextProcessor
  ) throws(JSONLDError) -> [JSON] {
    let active = try initialContext(base: base, with: contexts)
    let expander = Expander(contexts: contexts, options: options, baseURL: base ?? options.base)
    defer { expander.memo.save() }
    switch try expander.expand(document, of: .none, in: active) {
    case nil: return []
    case .array(let nodes)?: return nodes
    case .object(let node)? where node.count == 1 && node.contains("@graph"):
      return node["@graph"]?.asArray ?? []
    case let node?: return [node]
    }
  }
}
