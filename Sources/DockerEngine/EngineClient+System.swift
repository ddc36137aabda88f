import Canonical
import HTTP

extension EngineClient {
  /// Asks an engine which versions it speaks, and makes a client of the newest that both do.
  ///
  /// - Parameter pinned: `DOCKER_API_VERSION`; it is used as it is, without negotiation.
  /// - Throws: `EngineError` of code `version` when there is no version in common.
  public static func connect(
    _ transport: any HTTPTransport, pinned: APIVersion? = nil
  ) async throws -> EngineClient {
    try EngineClient(transport: transport, after: try await greet(transport), pinned: pinned)
  }

  /// Asks an engine which versions it speaks.
  ///
  /// `/_ping` answers at once; `/version` and `/info` let an engine run other programs first.
  ///
  /// - Source: Engine API 1.41, GET /_ping.
  package static func greet(_ transport: any HTTPTransport) async throws -> EngineGreeting {
    let route = RouteTable.ping
    let request = HTTPRequest(method: route.method, target: route.target(version: nil))
    let headers = try await transport.withResponse(to: request) { response in
      try await check(response, route)
      _ = try await response.body.collect(upTo: 1 << 20)
      return response.headers
    }
    guard let theirs = headers["Api-Version"].flatMap({ APIVersion($0) }) else {
      throw EngineError(
        .unexpectedAnswer, "what answers is no Docker-compatible engine: it names no API version",
        operation: route.operation)
    }
    return EngineGreeting(
      apiVersion: theirs, server: headers["Server"], dialect: .of(greeting: headers),
      builderVersion: headers["Builder-Version"])
  }

  /// A client of the newest version that both speak, else of the pinned one.
  ///
  /// - Throws: `EngineError` of code `version` when there is none.
  package init(
    transport: any HTTPTransport, after greeting: EngineGreeting, pinned: APIVersion? = nil
  ) throws(EngineError) {
    let common = pinned ?? min(greeting.apiVersion, .newest)
    guard common >= .oldest else {
      throw EngineError(
        .version,
        "the engine speaks API \(greeting.apiVersion), and this client \(APIVersion.oldest) to "
          + "\(APIVersion.newest)",
        operation: RouteTable.ping.operation)
    }
    self.init(
      transport: transport, apiVersion: common, dialect: greeting.dialect,
      defaultBuilder: ImageBuilder(version: greeting.builderVersion))
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

  /// Returns the engine's identity before any version is agreed on: its members are the same in
  /// all of them.
  ///
  /// - Source: Engine API 1.41, GET /info.
  public static func info(over transport: any HTTPTransport) async throws -> EngineInfo {
    let route = RouteTable.info
    let request = HTTPRequest(method: route.method, target: route.target(version: nil))
    return try await transport.withResponse(to: request) { response in
      try await check(response, route)
      return EngineInfo(json: try parse(try await response.body.collect(), route))
    }
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
      query: [("since", seconds(since))] + dialect.end(ofPastEvents: seconds(until))
        + [("filters", Self.encode(filters: filters))]
    ) { response in
      var events: [EngineEvent] = []
      for try await line in JSONLines(response.body, RouteTable.events, dialect) {
        let event = EngineEvent(json: line)
        if event.time <= until { events.append(event) }
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
