import Canonical
import HTTP

extension EngineClient {
  /// Asks an engine what it is, and makes a client of the newest version that both speak.
  ///
  /// `GET /version` without a version serves as the negotiation, because it tells what
  /// `/_ping` tells and what the records need besides.
  ///
  /// - Parameter pinned: `DOCKER_API_VERSION`; it is used as it is, without negotiation.
  /// - Throws: `EngineError` of code `version` when there is no version in common.
  /// - Source: Engine API 1.41, GET /version.
  public static func connect(
    _ transport: any HTTPTransport, pinned: APIVersion? = nil
  ) async throws -> (client: EngineClient, version: EngineVersion) {
    let request = HTTPRequest(
      method: RouteTable.version.method, target: RouteTable.version.target(version: nil))
    let version = try await transport.withResponse(to: request) { response in
      try await check(response, RouteTable.version)
      return EngineVersion(json: try parse(try await response.body.collect(), RouteTable.version))
    }
    if let pinned { return (EngineClient(transport: transport, apiVersion: pinned), version) }
    guard let theirs = version.apiVersion else {
      throw EngineError(
        .unexpectedAnswer, "what answers is no Docker-compatible engine: it names no API version",
        operation: RouteTable.version.operation)
    }
    let common = min(theirs, .newest)
    guard common >= .oldest, common >= version.minimumAPIVersion ?? common else {
      throw EngineError(
        .version,
        "the engine speaks API \(version.minimumAPIVersion ?? theirs) to \(theirs), "
          + "and this client \(APIVersion.oldest) to \(APIVersion.newest)",
        operation: RouteTable.version.operation)
    }
    return (EngineClient(transport: transport, apiVersion: common), version)
  }

  /// Asks whether the engine is there.
  ///
  /// - Source: Engine API 1.41, GET /_ping.
  public func ping() async throws { _ = try await send(RouteTable.ping) }

  /// Returns the engine's versions.
  ///
  /// - Source: Engine API 1.41, GET /version.
  public func version() async throws -> EngineVersion {
    EngineVersion(json: try await json(RouteTable.version))
  }

  /// Returns the engine's identity, its host and its settings.
  ///
  /// - Source: Engine API 1.41, GET /info.
  public func info() async throws -> EngineInfo {
    EngineInfo(json: try await json(RouteTable.info))
  }

  /// Returns what happened between two points in time, oldest first.
  ///
  /// The engine keeps its last 256 events and forgets them when it restarts.
  ///
  /// - Parameters:
  ///   - since, until: both inclusive.
  ///   - filters: such as `["container": [id]]`.
  /// - Source: Engine API 1.41, GET /events.
  public func events(
    since: Timestamp, until: Timestamp, filters: [String: [String]] = [:]
  ) async throws -> [EngineEvent] {
    func seconds(_ time: Timestamp) -> String {
      let rest = String(time.millisecondsSince1970 - time.secondsSince1970 * 1000 + 1000)
      return "\(time.secondsSince1970).\(rest.dropFirst())000000"
    }
    return try await withResponse(
      RouteTable.events,
      query: [
        ("since", seconds(since)), ("until", seconds(until)),
        ("filters", Self.encode(filters: filters)),
      ]
    ) { response in
      var events: [EngineEvent] = []
      for try await line in JSONLines(response.body, RouteTable.events) {
        events.append(EngineEvent(json: line))
      }
      return events
    }
  }

  /// Filters as the query parameter of list endpoints: a JSON object of arrays; nil for none.
  static func encode(filters: [String: [String]]) -> String? {
    guard !filters.isEmpty else { return nil }
    return JSONValue.object(filters.mapValues { .array($0.map { .string($0) }) }).text()
  }
}
