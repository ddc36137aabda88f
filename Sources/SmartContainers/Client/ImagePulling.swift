import DockerEngine

/// Whether and how an image is pulled that somebody wants to use.
public struct ImagePulling: Sendable {
  /// When it is pulled.
  public enum Policy: String, Sendable, CaseIterable {
    /// Although the engine has it.
    case always
    /// When the engine has it not.
    case missing
    case never
  }

  public var policy: Policy

  /// Finds what proves to a registry who is asking; asked only when something is pulled.
  public var credentials: @Sendable (ImageName) async throws -> RegistryCredentials?

  /// Called with each event as it comes; the engine waits for it.
  public var onEvent: @Sendable (ProgressEvent) async throws -> Void

  public init(
    _ policy: Policy,
    credentials: @escaping @Sendable (ImageName) async throws -> RegistryCredentials? = { _ in nil
    },
    onEvent: @escaping @Sendable (ProgressEvent) async throws -> Void = { _ in }
  ) {
    self.policy = policy
    self.credentials = credentials
    self.onEvent = onEvent
  }
}

extension Client {
  /// Pulls an image where that is wanted, as `EngineClient.provideImage` does. Where the client
  /// was opened for the image, the engine is not asked again.
  public func provideImage(
    _ image: String, platform: String? = nil, _ pulling: ImagePulling
  ) async throws {
    try await engine.provideImage(
      image, platform: platform, await remaining(of: pulling, for: image))
  }

  /// How an image is pulled that may have been seen as the client was opened.
  func remaining(of pulling: ImagePulling, for image: String) async -> ImagePulling {
    var pulling = pulling
    if pulling.policy == .missing, await recorder.observer.hasSeen(image: image) {
      pulling.policy = .never
    }
    return pulling
  }
}

extension EngineClient {
  /// Pulls an image where that is wanted.
  ///
  /// - Parameter image: a name, with a tag or a digest or without, or an id of one that is there.
  /// - Throws: `SmartContainersError` of code `usage` for what is no name; else as `pullImage`.
  public func provideImage(
    _ image: String, platform: String? = nil, _ pulling: ImagePulling
  ) async throws {
    try await provideImage(
      image, platform: platform, pulling.policy, credentials: pulling.credentials,
      onEvent: pulling.onEvent)
  }

  func provideImage(
    _ image: String, platform: String?, _ policy: ImagePulling.Policy,
    credentials: (ImageName) async throws -> RegistryCredentials?,
    onEvent: (ProgressEvent) async throws -> Void
  ) async throws {
    guard policy != .never else { return }
    if policy == .missing {
      if try await hasImage(image) { return }
      try await onEvent(.message(id: nil, status: "Unable to find image '\(image)' locally"))
    }
    let name = try ImageName(image)
    try await pullImage(
      name.repository, tag: name.digest ?? name.tag ?? "latest", platform: platform,
      credentials: try await credentials(name), onEvent: onEvent)
  }

  private func hasImage(_ image: String) async throws -> Bool {
    do {
      _ = try await inspectImage(image)
      return true
    } catch let error as EngineError where error.code == .notFound {
      return false
    }
  }
}
