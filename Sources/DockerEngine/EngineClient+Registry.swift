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
  ///   the registry, or the way to it, said; `unsupported` where an engine takes no other than
  ///   single tags.
  /// - Source: Engine API 1.41, POST /images/create.
  @discardableResult
  public func pullImage(
    _ repository: String, tag: String?, platform: String? = nil,
    credentials: RegistryCredentials? = nil,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> [String] {
    try requireTag(tag, RouteTable.imagePull)
    var digests: [String] = []
    try await transfer(
      RouteTable.imagePull,
      query: [("fromImage", repository), ("tag", tag), ("platform", platform)],
      headers: credentials.map { ["X-Registry-Auth": RegistryCredentials.header($0)] } ?? [:]
    ) { event in
      if case .digest(let digest) = event { digests.append(digest) }
      try await onEvent(event)
    }
    if digests.isEmpty, let digest = try await untoldDigest(of: repository, tag) {
      digests = [digest]
      try await onEvent(.digest(digest))
    }
    return digests
  }

  /// The digest of what was pulled, where the engine does not tell it and knows only one.
  private func untoldDigest(of repository: String, _ tag: String?) async throws -> String? {
    guard dialect.has(.pullWithoutDigest), let tag else { return nil }
    if SHA256Digest(tag) != nil { return tag }
    let prefix = EngineDialect.familiar(repository) + "@"
    let digests = try await inspectImage("\(repository):\(tag)").repositoryDigests
      .filter { $0.hasPrefix(prefix) }
    return digests.count == 1 ? String(digests[0].dropFirst(prefix.count)) : nil
  }

  /// Pushes an image to the registry that its name tells.
  ///
  /// - Parameters:
  ///   - repository: its name without a tag: `127.0.0.1:5000/tool`.
  ///   - tag: nil pushes every tag that the engine has of the repository.
  ///   - onEvent: called with each event as it comes; the engine waits for it.
  /// - Returns: what the registry has now.
  /// - Throws: `EngineError` of code `unauthorized`, `notFound` or `registryUnreachable` for what
  ///   the registry, or the way to it, said; `unsupported` where an engine takes no other than
  ///   single tags.
  /// - Source: Engine API 1.41, POST /images/{name}/push.
  @discardableResult
  public func pushImage(
    _ repository: String, tag: String?, credentials: RegistryCredentials? = nil,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> [PushedImage] {
    try requireTag(tag, RouteTable.imagePush)
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

  /// An engine that takes no tag for `latest` is not asked for all of them.
  private func requireTag(_ tag: String?, _ route: Route) throws(EngineError) {
    guard tag == nil, dialect.has(.oneTagAtATime) else { return }
    throw EngineError(
      .unsupported, "\(dialect.product) pulls and pushes one tag at a time",
      operation: route.operation)
  }

  private func transfer(
    _ route: Route, _ variables: [String] = [], query: [(String, String?)],
    headers: HTTPHeaders, onEvent: (ProgressEvent) async throws -> Void
  ) async throws {
    try await namingRegistryRefusals {
      try await withResponse(
        route, variables, query: query, headers: headers, limits: .patient
      ) { response in
        for try await line in JSONLines(response.body, route, dialect) {
          if let event = ProgressEvent(json: line) { try await onEvent(event) }
        }
      }
    }
  }
}
