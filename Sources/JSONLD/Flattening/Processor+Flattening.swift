extension Processor {
  /// Returns a document in which all that is said of a node is in one place, and no node is inside
  /// another.
  ///
  /// With a context the result is compacted, without one it is in expanded form. `base` is the IRI
  /// of the document, where the options give none.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.2, flatten().
  public func flatten(
    _ document: JSON, with context: JSON? = nil, base: String? = nil
  ) throws(JSONLDError) -> JSON {
    try flatten(RemoteDocument(document, base: base), with: context)
  }

  /// Returns a flattened document, loading the contexts that it and the given one name.
  public func flatten(
    _ document: JSON, with context: JSON? = nil, base: String? = nil,
    loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await flatten(RemoteDocument(document, base: base), with: context, loadingWith: loader)
  }

  /// Returns a flattened document that was loaded; see ``expand(_:)``.
  public func flatten(
    _ document: RemoteDocument, with context: JSON? = nil
  ) throws(JSONLDError) -> JSON {
    try run { contexts throws(JSONLDError) in
      try flatten(document, with: context, contexts)
    }
  }

  /// Returns a flattened document that was loaded, loading the contexts that it and the given one
  /// name.
  public func flatten(
    _ document: RemoteDocument, with context: JSON? = nil,
    loadingWith loader: some DocumentLoader
  ) async throws(JSONLDError) -> JSON {
    try await run(loadingWith: loader) { contexts throws(JSONLDError) in
      try flatten(document, with: context, contexts)
    }
  }

  private func flatten(
    _ document: RemoteDocument, with context: JSON?, _ contexts: ContextProcessor
  ) throws(JSONLDError) -> JSON {
    let expanded = try expand(document, with: contexts)
    let flattened = try Flattener(options: options, budget: contexts.budget).flatten(expanded)
    guard let context else { return flattened }
    return try compact(expanded: flattened, with: context, base: document.base, contexts)
  }
}
