import Canonical
import HTTP

/// A typed client of the Docker Engine API over any transport.
///
/// It knows endpoints and types and nothing of recording: a recorded client is this one on a
/// recording transport.
public struct EngineClient: Sendable {
  let transport: any HTTPTransport

  /// The version that every request names.
  public let apiVersion: APIVersion

  /// How the engine differs from dockerd.
  public let dialect: EngineDialect

  /// What builds where a build leaves the choice to the engine; not `automatic`.
  public let defaultBuilder: ImageBuilder

  /// A client that speaks that version, unasked.
  public init(
    transport: any HTTPTransport, apiVersion: APIVersion, dialect: EngineDialect = .dockerd,
    defaultBuilder: ImageBuilder = .classic
  ) {
    self.transport = transport
    self.apiVersion = apiVersion
    self.dialect = dialect
    self.defaultBuilder = defaultBuilder
  }

  /// The same client over another transport.
  public func over(_ transport: any HTTPTransport) -> EngineClient {
    EngineClient(
      transport: transport, apiVersion: apiVersion, dialect: dialect,
      defaultBuilder: defaultBuilder)
  }
}

extension EngineClient {
  /// Sends a request and hands over a successful response; anything from 400 up is thrown.
  func withResponse<Result: Sendable>(
    _ route: Route, _ variables: [String] = [], query: [(String, String?)] = [],
    headers: HTTPHeaders = [:], body: HTTPRequestBody = .none,
    upstream: (@Sendable () async throws -> [UInt8]?)? = nil, limits: HTTPTimeLimits = .default,
    _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    // An engine would take the path without it for another one.
    for variable in variables { try Self.checkName(variable, route) }
    let request = HTTPRequest(
      method: route.method, target: route.target(version: apiVersion, variables, query: query),
      headers: headers, body: body, upstream: upstream, limits: limits)
    return try await transport.withResponse(to: request) { response in
      try await Self.check(response, route, dialect)
      return try await handle(response)
    }
  }

  /// Sends a request whose answer is small, and returns status and bytes.
  func send(
    _ route: Route, _ variables: [String] = [], query: [(String, String?)] = [],
    json: JSONValue? = nil, limits: HTTPTimeLimits = .default
  ) async throws -> (status: Int, bytes: [UInt8]) {
    try await withResponse(
      route, variables, query: query,
      headers: json == nil ? [:] : ["Content-Type": "application/json"],
      body: json.map { .bytes($0.bytes()) } ?? .none, limits: limits
    ) { response in
      (status: response.status, bytes: try await response.body.collect())
    }
  }

  /// Sends a request whose answer is one JSON value.
  func json(
    _ route: Route, _ variables: [String] = [], query: [(String, String?)] = [],
    json: JSONValue? = nil
  ) async throws -> JSONValue {
    let answer = try await send(route, variables, query: query, json: json)
    return dialect.answer(try Self.parse(answer.bytes, route), to: route)
  }

  static func parse(_ bytes: [UInt8], _ route: Route) throws(EngineError) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw EngineError(
        .unexpectedAnswer, "the engine's answer is \(error)", operation: route.operation)
    }
  }

  /// Refuses an empty name, of which engines make what they like.
  static func checkName(_ name: String, _ route: Route) throws(EngineError) {
    guard name.isEmpty else { return }
    throw EngineError(.badRequest, "an empty name names nothing", operation: route.operation)
  }

  /// Throws what a status of 400 and above says, and a redirection, which no endpoint has.
  static func check(
    _ response: HTTPResponse, _ route: Route, _ dialect: EngineDialect = .dockerd
  ) async throws {
    guard response.status >= 300, response.status != 304 else { return }
    guard response.status >= 400 else {
      throw EngineError(
        .unexpectedAnswer, "the engine answered with status \(response.status)",
        status: response.status, operation: route.operation)
    }
    let bytes = try await response.body.collect(upTo: 1 << 20)
    let text = String(decoding: bytes, as: UTF8.self)
    let answer = try? JSONValue(parsing: bytes)
    let message = answer?["message"]?.string ?? text
    throw EngineError(
      status: dialect.status(response.status, of: answer),
      message: message.isEmpty ? "the engine answered with status \(response.status)" : message,
      operation: route.operation)
  }
}
