import Canonical
import DockerEngine
import HTTP
import Provenance

/// Asks an engine what the records say of it, unrecorded.
actor EngineObserver {
  let engine: EngineClient

  /// Where the engine listens: `unix:///var/run/docker.sock`.
  nonisolated let address: String
  private var info: Task<EngineInfo?, Never>?
  private var clock: EngineClock?

  /// - Parameter info: the engine's identity, asked for already; nil asks for it when needed.
  init(
    engine: EngineClient, endpoint: HTTPEndpoint, info: Task<EngineInfo?, Never>? = nil
  ) {
    self.engine = engine
    self.info = info
    address =
      switch endpoint {
      case .unix(let path): "unix://\(path)"
      case .tcp(let host, let port, _): "tcp://\(host):\(port)"
      }
  }

  private func asking() -> Task<EngineInfo?, Never> {
    let task = info ?? Task { [engine] in try? await engine.info() }
    info = task
    return task
  }

  /// The engine's identity; asked for once. Nil when it does not tell it.
  func agent() async -> EngineAgent? {
    guard let info = await asking().value, let id = info.id else { return nil }
    return EngineAgent(
      id: id, name: info.product, version: info.version ?? "unknown",
      apiVersion: engine.apiVersion.description, operatingSystem: info.operatingSystem,
      kernelVersion: info.kernelVersion, architecture: info.architecture,
      storageDriver: info.storageDriver)
  }

  /// How the engine's clock stands to ours; asked for once.
  func clock(by now: @Sendable () -> Timestamp) async throws -> EngineClock {
    if let clock { return clock }
    let asked = now()
    let answer = try await engine.info()
    let clock = EngineClock(
      engine: answer.systemTime ?? asked, askedAt: asked, answeredAt: now())
    self.clock = clock
    info = info ?? Task { answer }
    return clock
  }

  /// The container now, with its configuration; nil when there is none or the engine does not
  /// answer. The redactor remembers the secrets that the container has.
  nonisolated func container(
    _ id: String, redactor: inout Redactor
  ) async -> ContainerFinding? {
    guard let inspection = try? await engine.inspectContainer(id) else { return nil }
    return ContainerFinding(inspection, redactor: &redactor)
  }

  /// The image now; nil when there is none or the engine does not answer.
  nonisolated func image(_ name: String) async -> ImageFinding? {
    guard let inspection = try? await engine.inspectImage(name) else { return nil }
    return ImageFinding(inspection)
  }
}
