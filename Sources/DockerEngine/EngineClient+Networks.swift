import Canonical

extension EngineClient {
  /// Creates a network.
  ///
  /// - Throws: `EngineError` of code `conflict` when the name is taken.
  /// - Source: Engine API 1.41, POST /networks/create.
  public func createNetwork(
    _ specification: NetworkSpecification
  ) async throws -> CreatedNetwork {
    let route = RouteTable.networkCreate
    try Self.checkName(specification.name, route)
    let answer = try await json(route, json: specification.json)
    guard let id = answer["Id"]?.string else {
      throw EngineError(
        .unexpectedAnswer, "the engine created a network and did not say which",
        operation: route.operation)
    }
    let warning = answer["Warning"]?.string ?? ""
    return CreatedNetwork(id: id, warning: warning.isEmpty ? nil : warning)
  }

  /// Returns a network's configuration, and who is in it.
  ///
  /// - Parameter id: an id, a unique prefix of one, or a name.
  /// - Source: Engine API 1.41, GET /networks/{id}.
  public func inspectNetwork(_ id: String) async throws -> NetworkInspection {
    NetworkInspection(json: try await json(RouteTable.networkInspect, [id]))
  }

  /// Returns networks.
  ///
  /// - Parameter filters: such as `["driver": ["bridge"], "label": ["a=b"]]`.
  /// - Source: Engine API 1.41, GET /networks.
  public func listNetworks(
    filters: [String: [String]] = [:]
  ) async throws -> [NetworkInspection] {
    let list = try await json(
      RouteTable.networkList, query: [("filters", Self.encode(filters: filters))])
    return (list.array ?? []).map { NetworkInspection(json: $0) }
  }

  /// Puts a container into one more network.
  ///
  /// - Source: Engine API 1.41, POST /networks/{id}/connect.
  public func connectNetwork(
    _ id: String, container: String, endpoint: NetworkEndpoint = NetworkEndpoint()
  ) async throws {
    try await connectNetwork(id, container: container, endpoint: endpoint.json)
  }

  /// Adds a container to a network, with an endpoint as the Engine API has it.
  package func connectNetwork(
    _ id: String, container: String, endpoint: JSONValue
  ) async throws {
    _ = try await send(
      RouteTable.networkConnect, [id],
      json: ["Container": .string(container), "EndpointConfig": endpoint])
  }

  /// Takes a container out of a network.
  ///
  /// - Parameter force: although the engine cannot reach what it disconnects.
  /// - Source: Engine API 1.41, POST /networks/{id}/disconnect.
  public func disconnectNetwork(
    _ id: String, container: String, force: Bool = false
  ) async throws {
    _ = try await send(
      RouteTable.networkDisconnect, [id],
      json: ["Container": .string(container), "Force": .bool(force)])
  }

  /// Removes a network that nobody is in.
  ///
  /// - Throws: `EngineError` of code `forbidden` while somebody is.
  /// - Source: Engine API 1.41, DELETE /networks/{id}.
  public func removeNetwork(_ id: String) async throws {
    _ = try await send(RouteTable.networkRemove, [id])
  }

  /// Removes the networks that no container is in; the engine's own stay. The report has names.
  ///
  /// - Parameter filters: such as `["until": ["24h"], "label!": ["keep"]]`.
  /// - Source: Engine API 1.41, POST /networks/prune.
  @discardableResult
  public func pruneNetworks(filters: [String: [String]] = [:]) async throws -> PruneReport {
    PruneReport(
      try await json(
        RouteTable.networkPrune, query: [("filters", Self.encode(filters: filters))]),
      "NetworksDeleted")
  }
}
