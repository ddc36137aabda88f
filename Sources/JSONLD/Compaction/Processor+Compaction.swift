extension Processor {
  /// Returns a document with the terms of a context, which becomes its own.
  ///
  /// The context may also be a document that has it as `@context`. `base` is the IRI of the
  /// document, where the options give none.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.2, compact().
  public func compact(
    _ document: JSON, with context: JSON, base: String? = nil
  ) throws(JSONLDError) -> JSON {
    try compact(RemoteDocument(document, base: base), with: context)
  }

  /// Returns a document with the terms of a context, loading the contexts that both name.
  public func compact(
    _ document: JSON, with context: JSON, base: String? = nil,
    loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await compact(RemoteDocument(document, base: base), with: context, loadingWith: loader)
  }

  /// Returns a document that was loaded with the terms of a context; see ``expand(_:)``.
  public func compact(
    _ document: RemoteDocument, with context: JSON
  ) throws(JSONLDError) -> JSON {
    try run { contexts throws(JSONLDError) in
      try compact(document, with: context, contexts)
    }
  }

  /// Returns a document that was loaded with the terms of a context, loading the contexts that
  /// both name.
  public func compact(
    _ document: RemoteDocument, with context: JSON, loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await run(loadingWith: loader) { contexts throws(JSONLDError) in
      try compact(document, with: context, contexts)
    }
  }

  private func compact(
    _ document: RemoteDocument, with context: JSON, _ contexts: ContextProcessor
  ) throws(JSONLDError) -> JSON {
    let expanded = try expand(document, with: contexts)
    return try compact(
      expanded: .array(expanded), with: context, base: document.base, contexts)
  }

  /// Compacts an expanded document with contexts that may have been loaded.
  func compact(
    expanded: JSON, with context: JSON, base: String?, _ contexts: ContextProcessor
  ) throws(JSONLDError) -> JSON {
    let local = context["@context"] ?? context
    var settings = ContextProcessor.Settings()
    settings.baseURL = base ?? options.base
    let initial = cache.initialContext(base: options.base ?? base)
    let active = try contexts.process(local, in: initial, settings)
    var compactor = Compactor(options: options, processor: contexts)
    let compacted = try compactor.compact(document: expanded, in: active)
    guard !local.isNothing else { return .object(compacted) }
    return .object(
      JSONObject([("@context", local)] + compacted.members.map { ($0.name, $0.value) }))
  }
}

extension JSON {
  /// Whether this is a context that says nothing.
  fileprivate var isNothing: Bool {
    switch self {
    case .null: true
    case .array(let elements): elements.isEmpty
    case .object(let object): object.isEmpty
    case .bool, .number, .string: false
    }
  }
}
