import Canonical
import HTTP

extension EngineClient {
  /// Pulls an image from a registry.
  ///
  /// - Parameters:
  ///   - repository: its name without a tag: `127.0.0.1:5000/tool`.
  ///   - tag: a tag or a digest, `sha256:…`; nil pulls every tag that there is.
  ///   - platform: `linux/arm64`; nil is the engine's own.
  ///   - onEvent: called with each event as it comes; the engine waits for it.
  /// - Returns: the digests of the manifests, `sha256:…`.
  /// - Throws: `EngineError` of code `unauthorized`, `notFound` or `registryUnreachable` for what
  ///   the registry, or the way to it, said.
  /// - Source: Engine API 1.41, POST /images/create.
  @discardableResult
  public func pullImage(
    _ repository: String, tag: String?, platform: String? = nil,
    credentials: RegistryCredentials? = nil,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> [String] {
    var digests: [String] = []
    try await transfer(
      RouteTable.imagePull,
      query: [("fromImage", repository), ("tag", tag), ("platform", platform)],
      headers: credentials.map { ["X-Registry-Auth": RegistryCredentials.header($0)] } ?? [:]
    ) { event in
      if case .digest(let digest) = event { digests.append(digest) }
      try await onEvent(event)
    }
    return digests
  }

  /// Pushes an image to the registry that its name tells.
  ///
  /// - Parameters:
  ///   - repository: its name without a tag: `127.0.0.1:5000/tool`.
  ///   - tag: nil pushes every tag that the engine has of the repository.
  ///   - onEvent: called with each event as it comes; the engine waits for it.
  /// - Returns: what the registry has now.
  /// - Throws: `EngineError` of code `unauthorized`, `notFound` or `registryUnreachable` for what
  ///   the registry, or the way to it, said.
  /// - Source: Engine API 1.41, POST /images/{name}/push.
  @discardableResult
  public func pushImage(
    _ repository: String, tag: String?, credentials: RegistryCredentials? = nil,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> [PushedImage] {
    var pushed: [PushedImage] = []
    try await transfer(
      RouteTable.imagePush, [repository], query: [("tag", tag)],
      headers: ["X-Registry-Auth": RegistryCredentials.header(credentials)]
    ) { event in
      if case .pushed(let image) = event { pushed.append(image) }
      try await onEvent(event)
    }
    return pushed
  }

  private func transfer(
    _ route: Route, _ variables: [String] = [], query: [(String, String?)],
    headers: HTTPHeaders, onEvent: (ProgressEvent) async throws -> Void
  ) async throws {
    try await namingRegistryRefusals {
      try await withResponse(
        route, variables, query: query, headers: headers, limits: .patient
      ) { response in
        for try await line in JSONLines(response.body, route) {
          if let event = ProgressEvent(json: line) { try await onEvent(event) }
        }
      }
    }
  }
}
