import Canonical

extension EngineClient {
  /// Removes the containers that do not run.
  ///
  /// - Parameter filters: such as `["until": ["24h"], "label!": ["keep"]]`.
  /// - Source: Engine API 1.41, POST /containers/prune.
  @discardableResult
  public func pruneContainers(filters: [String: [String]] = [:]) async throws -> PruneReport {
    PruneReport(
      try await json(
        RouteTable.containerPrune, query: [("filters", Self.encode(filters: filters))]),
      "ContainersDeleted")
  }

  /// Removes the images that have no name, or with `["dangling": ["false"]]` all that no container
  /// uses.
  ///
  /// - Throws: `EngineError` of code `unsupported` where an engine does not prune what has a name.
  /// - Returns: what happened to which name and image, and the bytes that this gave back.
  /// - Source: Engine API 1.41, POST /images/prune.
  @discardableResult
  public func pruneImages(
    filters: [String: [String]] = [:]
  ) async throws -> (removals: [ImageRemoval], reclaimedInBytes: Int64) {
    if dialect.has(.prunesNamelessImages), filters["dangling"]?.contains("false") == true {
      throw EngineError(
        .unsupported, "\(dialect.product) prunes only images without a name",
        operation: RouteTable.imagePrune.operation)
    }
    let answer = try await json(
      RouteTable.imagePrune, query: [("filters", Self.encode(filters: filters))])
    return (
      removals: (answer["ImagesDeleted"]?.array ?? []).compactMap { ImageRemoval(json: $0) },
      reclaimedInBytes: answer["SpaceReclaimed"]?.integer ?? 0
    )
  }
}

extension ImageRemoval {
  /// Nil for an entry that says neither.
  init?(json: JSONValue) {
    if let name = json["Untagged"]?.string {
      self = .untagged(name)
    } else if let id = json["Deleted"]?.string {
      self = .deleted(id)
    } else {
      return nil
    }
  }
}
