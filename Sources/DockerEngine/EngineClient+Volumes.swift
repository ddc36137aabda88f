import Canonical

extension EngineClient {
  /// Creates a volume, or returns the one that has the name already.
  ///
  /// An engine that has a volume of that name and driver answers as if it had made it, and leaves
  /// its labels and options as they were: compare them with what was asked for.
  ///
  /// - Throws: `EngineError` of code `conflict` when another driver has the name.
  /// - Source: Engine API 1.41, POST /volumes/create.
  public func createVolume(
    _ specification: VolumeSpecification = VolumeSpecification()
  ) async throws -> VolumeInspection {
    VolumeInspection(json: try await json(RouteTable.volumeCreate, json: specification.json))
  }

  /// Returns a volume's configuration.
  ///
  /// - Source: Engine API 1.41, GET /volumes/{name}.
  public func inspectVolume(_ name: String) async throws -> VolumeInspection {
    VolumeInspection(json: try await json(RouteTable.volumeInspect, [name]))
  }

  /// Returns volumes.
  ///
  /// - Parameter filters: such as `["dangling": ["true"], "label": ["a=b"]]`.
  /// - Source: Engine API 1.41, GET /volumes.
  public func listVolumes(
    filters: [String: [String]] = [:]
  ) async throws -> [VolumeInspection] {
    let answer = try await json(
      RouteTable.volumeList, query: [("filters", Self.encode(filters: filters))])
    return (answer["Volumes"]?.array ?? []).map { VolumeInspection(json: $0) }
  }

  /// Removes a volume with what it holds.
  ///
  /// - Parameter force: whether one that is not there counts as removed.
  /// - Throws: `EngineError` of code `conflict` when a container uses it.
  /// - Source: Engine API 1.41, DELETE /volumes/{name}.
  public func removeVolume(_ name: String, force: Bool = false) async throws {
    _ = try await send(
      RouteTable.volumeRemove, [name], query: [("force", force ? "1" : nil)])
  }

  /// Removes the volumes that no container uses; from API 1.42 on only those without a name of
  /// their own, unless the filter `all` says otherwise.
  ///
  /// - Parameter filters: such as `["label!": ["keep"]]`.
  /// - Source: Engine API 1.41, POST /volumes/prune.
  @discardableResult
  public func pruneVolumes(filters: [String: [String]] = [:]) async throws -> PruneReport {
    PruneReport(
      try await json(
        RouteTable.volumePrune, query: [("filters", Self.encode(filters: filters))]),
      "VolumesDeleted")
  }
}
