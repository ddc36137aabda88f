extension Processor {
  /// Returns a document in expanded form, an array of node objects.
  ///
  /// `base` is the IRI of the document, against which its IRIs are resolved where the options
  /// give none. Without a loader, contexts that are not there already are an error.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.2, expand().
  public func expand(_ document: JSON, base: String? = nil) throws(JSONLDError) -> JSON {
    try expand(RemoteDocument(document, base: base))
  }

  /// Returns a document in expanded form, loading the contexts that it names.
  public func expand(
    _ document: JSON, base: String? = nil, loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await expand(RemoteDocument(document, base: base), loadingWith: loader)
  }

  /// Returns a document that was loaded in expanded form.
  ///
  /// Its IRI is the base where the options give none, and the context of its Link header comes
  /// before its own.
  public func expand(_ document: RemoteDocument) throws(JSONLDError) -> JSON {
    try run { contexts throws(JSONLDError) in .array(try expand(document, with: contexts)) }
  }

  /// Returns a document that was loaded in expanded form, loading the contexts that it names.
  public func expand(
    _ document: RemoteDocument, loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await run(loadingWith: loader) { contexts throws(JSONLDError) in
      .array(try expand(document, with: contexts))
    }
  }

  /// The context with which a document starts: its base, the context of the options, and the one
  /// that was named where it came from.
  func initialContext(
    of document: RemoteDocument, with contexts: ContextProcessor
  ) throws(JSONLDError) -> ActiveContext {
    let base = options.base ?? document.base
    var active = cache.initialContext(base: base)
    var settings = ContextProcessor.Settings()
    if let context = options.expansionContext {
      settings.baseURL = base
      active = try contexts.process(context["@context"] ?? context, in: active, settings)
    }
    if let url = document.contextURL {
      settings.baseURL = document.base
      active = try contexts.process(.string(url), in: active, settings)
    }
    return active
  }

  /// Expands a document with contexts that may have been loaded.
  func expand(
    _ document: RemoteDocument, with contexts: ContextProcessor
  ) throws(JSONLDError) -> [JSON] {
    contexts.budget.allow(for: document.document)
    let active = try initialContext(of: document, with: contexts)
    let expander = Expander(
      contexts: contexts, options: options, baseURL: document.base ?? options.base)
    defer { expander.memo.save() }
    switch try expander.expand(document.document, of: .none, in: active) {
    case nil: return []
    case .array(let nodes)?: return nodes
    case .object(let node)? where node.count == 1 && node.contains("@graph"):
      return node["@graph"]?.asArray ?? []
    case let node?: return [node]
    }
  }
}
