import Canonical
import HTTP

extension EngineClient {
  /// Returns the processes of a running container.
  ///
  /// - Parameter arguments: those of `ps`: `aux`; nil for `-ef`.
  /// - Throws: `EngineError` of code `conflict` when it does not run.
  /// - Source: Engine API 1.41, GET /containers/{id}/top.
  public func processes(of id: String, arguments: String? = nil) async throws -> ProcessTable {
    let route = RouteTable.containerTop
    let bytes = try await send(route, [id], query: [("ps_args", arguments)]).bytes
    // Not every engine refuses; one that does not has nothing to tell.
    guard bytes.contains(where: { $0 > 0x20 }) else {
      throw EngineError(.conflict, "container \(id) is not running", operation: route.operation)
    }
    return ProcessTable(json: dialect.answer(try Self.parse(bytes, route), to: route))
  }

  /// Returns where a container's file system differs from its image's.
  ///
  /// - Source: Engine API 1.41, GET /containers/{id}/changes.
  public func changes(of id: String) async throws -> [PathChange] {
    (try await json(RouteTable.containerChanges, [id]).array ?? []).compactMap {
      PathChange(json: $0)
    }
  }

  /// Returns what a container takes. The engine looks twice, with a second between.
  ///
  /// - Source: Engine API 1.41, GET /containers/{id}/stats?stream=0.
  public func statistics(of id: String) async throws -> ContainerStatistics {
    ContainerStatistics(
      json: try await json(RouteTable.containerStats, [id], query: [("stream", "0")]))
  }

  /// Hands over what a container takes, about once a second, until the container is removed.
  ///
  /// - Parameter consume: returns false to stop.
  /// - Source: Engine API 1.41, GET /containers/{id}/stats.
  public func followStatistics(
    of id: String, _ consume: (ContainerStatistics) async throws -> Bool
  ) async throws {
    let route = RouteTable.containerStats
    try await withResponse(route, [id], query: [("stream", "1")], limits: .patient) { response in
      for try await line in JSONLines(response.body, route, dialect) {
        guard try await consume(ContainerStatistics(json: line)) else { return }
      }
    }
  }

  /// Returns the steps by which an image was made, the last one first.
  ///
  /// - Source: Engine API 1.41, GET /images/{name}/history.
  public func imageHistory(_ name: String) async throws -> [ImageStep] {
    (try await json(RouteTable.imageHistory, [name]).array ?? []).map { ImageStep(json: $0) }
  }

  /// Hands over what happens, as it happens.
  ///
  /// - Parameters:
  ///   - since: seconds since 1970; with it also what happened from then on, as far as the engine
  ///     remembers.
  ///   - until: seconds since 1970, at which it ends; nil for never.
  ///   - isPast: whether that is over already: not every engine is asked so for what was.
  ///   - filters: such as `["type": ["container"], "event": ["start"]]`.
  ///   - consume: returns false to stop.
  /// - Source: Engine API 1.41, GET /events.
  public func followEvents(
    since: String? = nil, until: String? = nil, isPast: Bool = false,
    filters: [String: [String]] = [:], _ consume: (EngineEvent) async throws -> Bool
  ) async throws {
    let route = RouteTable.events
    try await withResponse(
      route,
      query: [("since", since)]
        + (until.map { isPast ? dialect.end(ofPastEvents: $0) : [("until", $0)] } ?? [])
        + [("filters", Self.encode(filters: filters))], limits: .patient
    ) { response in
      let end = isPast ? until.flatMap { Double($0) } ?? .infinity : .infinity
      for try await line in JSONLines(response.body, route, dialect) {
        let event = EngineEvent(json: line)
        guard Double(event.time.millisecondsSince1970) / 1000 <= end else { continue }
        guard try await consume(event) else { return }
      }
    }
  }
}
