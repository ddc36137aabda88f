import Canonical
import DockerEngine
import HTTP
import Provenance

/// Asks an engine what the records say of it, unrecorded.
actor EngineObserver {
  let engine: EngineClient

  /// Where the engine listens: `unix:///var/run/docker.sock`.
  nonisolated let address: String
  private let greeting: EngineGreeting
  private let memory: EngineMemory?

  /// What an earlier process heard of this engine; nil when it must be asked.
  private var recalled: EngineAgent?

  /// What it said itself.
  private var heard: EngineAgent?
  private var info: Task<EngineInfo?, Never>?
  private var clock: EngineClock?
  private var lookahead: Lookahead?

  /// - Parameters:
  ///   - greeting: what the engine answered at first.
  ///   - memory: what is remembered of it; nil for nothing.
  ///   - info: the engine's identity, asked for already; nil asks for it when needed.
  ///   - lookahead: an inspection that was asked for already.
  init(
    engine: EngineClient, endpoint: HTTPEndpoint, greeting: EngineGreeting,
    memory: EngineMemory? = nil, info: Task<EngineInfo?, Never>? = nil,
    lookahead: Lookahead? = nil
  ) {
    self.engine = engine
    self.greeting = greeting
    self.memory = memory
    self.info = info
    self.lookahead = lookahead
    recalled = memory?.agent(after: greeting)
    address = endpoint.address
  }

  private func asking() -> Task<EngineInfo?, Never> {
    let task = info ?? Task { [engine] in try? await engine.info() }
    info = task
    return task
  }

  /// The engine's identity: remembered, or asked for once. Nil when it does not tell it.
  func agent() async -> EngineAgent? {
    if var agent = heard ?? recalled {
      agent.apiVersion = engine.apiVersion.description
      return agent
    }
    guard let info = await asking().value, let id = info.id else { return nil }
    let agent = EngineAgent(
      id: id, name: info.product, version: info.version ?? "unknown",
      apiVersion: engine.apiVersion.description, operatingSystem: info.operatingSystem,
      kernelVersion: info.kernelVersion, architecture: info.architecture,
      storageDriver: info.storageDriver)
    let isNews = heard == nil
    heard = agent
    if isNews { await memory?.keep(agent, after: greeting) }
    return agent
  }

  /// Compares what is remembered with how the engine stores a container of today.
  private func check(storageDriver: String?) {
    if let storageDriver, storageDriver != recalled?.storageDriver { recalled = nil }
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
    recalled = nil
    return clock
  }

  /// The container now, with its configuration; nil when there is none or the engine does not
  /// answer. The redactor remembers the secrets that the container has.
  nonisolated func container(
    _ id: String, redactor: inout Redactor
  ) async -> ContainerFinding? {
    guard let inspection = await inspection(ofContainer: id) else { return nil }
    await check(storageDriver: inspection.storageDriver)
    return ContainerFinding(inspection, redactor: &redactor)
  }

  /// The image now; nil when there is none or the engine does not answer.
  nonisolated func image(_ name: String) async -> ImageFinding? {
    guard let inspection = await inspection(ofImage: name) else { return nil }
    return ImageFinding(inspection)
  }

  /// Those of the images that there are now.
  nonisolated func images(_ names: [String]) async -> [ImageFinding] {
    var found: [ImageFinding] = []
    for name in names {
      if let image = await image(name) { found.append(image) }
    }
    return found
  }

  /// Whether the image was there when it was asked for ahead; false where it was not.
  nonisolated func hasSeen(image name: String) async -> Bool {
    if case .image = await takeLookahead(at: .image(name))?.finding { true } else { false }
  }

  private nonisolated func inspection(ofContainer id: String) async -> ContainerInspection? {
    if case .container(let inspection) = await takeLookahead(at: .container(id))?.finding {
      return inspection
    }
    return try? await engine.inspectContainer(id)
  }

  private nonisolated func inspection(ofImage name: String) async -> ImageInspection? {
    if case .image(let inspection) = await takeLookahead(at: .image(name))?.finding {
      return inspection
    }
    return try? await engine.inspectImage(name)
  }

  /// A container as it is now, without taking the lookahead from the operation that is to come; nil
  /// when there is none or the engine does not answer.
  func foreseen(container id: String) async -> ContainerInspection? {
    if lookahead?.subject == .container(id) {
      guard case .container(let inspection) = await lookahead?.finding else { return nil }
      return inspection
    }
    return try? await engine.inspectContainer(id)
  }

  /// What was asked for ahead, the first time that anything is looked at; nil when that is
  /// something else.
  private func takeLookahead(at subject: OperationSubject) -> Lookahead? {
    defer { lookahead = nil }
    guard lookahead?.subject == subject else {
      lookahead?.cancel()
      return nil
    }
    return lookahead
  }
}
