import RDF

extension Processor {
  /// Gives the statements of a document to `body`, one at a time and in the order of the document.
  ///
  /// No more than the expanded document is held, so that any number of documents can be put in RDF
  /// one after the other. What a document says twice is given twice. Blank nodes are `b0`, `b1` and
  /// so on in each document: those of two documents are not the same. `base` is the IRI of the
  /// document, where the options give none.
  ///
  /// It throws a `JSONLDError`, or what `body` throws.
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.2, toRdf().
  public func toRDF(
    _ document: JSON, base: String? = nil, _ body: (Quad) throws -> Void
  ) throws {
    try toRDF(RemoteDocument(document, base: base), body)
  }

  /// Gives the statements of a document to `body`, loading the contexts that it names.
  public func toRDF(
    _ document: JSON, base: String? = nil, loadingWith loader: some DocumentLoader,
    _ body: (Quad) throws -> Void
  ) async throws {
    try await toRDF(RemoteDocument(document, base: base), loadingWith: loader, body)
  }

  /// Gives the statements of a document that was loaded to `body`; see ``expand(_:)``.
  public func toRDF(_ document: RemoteDocument, _ body: (Quad) throws -> Void) throws {
    let (expanded, budget) = try run { contexts throws(JSONLDError) in
      (try expand(document, with: contexts), contexts.budget)
    }
    try emit(expanded, budget, to: body)
  }

  /// Gives the statements of a document that was loaded to `body`, loading the contexts that it
  /// names.
  public func toRDF(
    _ document: RemoteDocument, loadingWith loader: some DocumentLoader,
    _ body: (Quad) throws -> Void
  ) async throws {
    let (expanded, budget) = try await run(loadingWith: loader) {
      contexts throws(JSONLDError) in
      (try expand(document, with: contexts), contexts.budget)
    }
    try emit(expanded, budget, to: body)
  }

  /// Returns the expanded document of a dataset.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.2, fromRdf().
  public func fromRDF(_ dataset: Dataset) throws(JSONLDError) -> JSON {
    var serializer = RDFSerializer(options: options)
    for quad in dataset.quads { try serializer.add(quad) }
    return try serializer.document()
  }

  private func emit(
    _ expanded: [JSON], _ budget: MemoryBudget, to body: (Quad) throws -> Void
  ) throws {
    try withoutActuallyEscaping(body) { body in
      var deserializer = RDFDeserializer(options: options, budget: budget, emit: body)
      try deserializer.nodes(.array(expanded))
    }
  }
}
