import Canonical

/// An image that a search found.
///
/// Source: Engine API 1.41, GET /images/search.
public struct ImageSearchResult: Sendable, Hashable {
  /// The engine's whole entry.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  public var name: String { json["name"]?.string ?? "" }

  /// What its maker says of it, on as many lines as the maker liked.
  public var description: String { json["description"]?.string ?? "" }
  public var starCount: Int64 { json["star_count"]?.integer ?? 0 }
  public var isOfficial: Bool { json["is_official"]?.bool ?? false }

  /// Whether the registry builds it from its source; older registries call that trusted.
  public var isAutomated: Bool {
    json["is_automated"]?.bool ?? json["is_trusted"]?.bool ?? false
  }
}

extension EngineClient {
  /// Searches the public hub, or the registry that the term begins with.
  ///
  /// - Parameters:
  ///   - limit: how many are wanted, 1 to 100; nil is the engine's own 25.
  ///   - filters: such as `["is-official": ["true"], "stars": ["3"]]`.
  ///   - credentials: for what is found only by those who may see it.
  /// - Throws: `EngineError` of code `registryUnreachable` when the hub is not reached.
  /// - Source: Engine API 1.41, GET /images/search.
  public func searchImages(
    _ term: String, limit: Int? = nil, filters: [String: [String]] = [:],
    credentials: RegistryCredentials? = nil
  ) async throws -> [ImageSearchResult] {
    let route = RouteTable.imageSearch
    let bytes = try await namingRegistryRefusals {
      try await withResponse(
        route,
        query: [
          ("term", term), ("limit", limit.map { String($0) }),
          ("filters", Self.encode(filters: filters)),
        ],
        headers: credentials.map { ["X-Registry-Auth": RegistryCredentials.header($0)] } ?? [:]
      ) { try await $0.body.collect() }
    }
    return (dialect.answer(try Self.parse(bytes, route), to: route).array ?? []).map {
      ImageSearchResult(json: $0)
    }
  }
}
