import DockerEngine
import HTTP
import Provenance

/// Asks an engine what the records say of it, unrecorded.
actor EngineObserver {
  let engine: EngineClient
  private let version: EngineVersion
  private var info: Task<EngineInfo?, Never>?

  init(engine: EngineClient, version: EngineVersion) {
    self.engine = engine
    self.version = version
  }

  /// The engine's identity; asked for once. Nil when it does not tell it.
  func agent() async -> EngineAgent? {
    let task = info ?? Task { [engine] in try? await engine.info() }
    info = task
    guard let info = await task.value, let id = info.id else { return nil }
    return EngineAgent(
      id: id, name: version.product, version: version.version ?? "unknown",
      apiVersion: engine.apiVersion.description, operatingSystem: info.operatingSystem,
      kernelVersion: info.kernelVersion ?? version.kernelVersion,
      architecture: info.architecture ?? version.architecture,
      storageDriver: info.storageDriver)
  }

  /// The container now; nil when there is none or the engine does not answer.
  nonisolated func container(_ id: String, redactor: Redactor?) async -> ContainerFinding? {
    guard let inspection = try? await engine.inspectContainer(id) else { return nil }
    return ContainerFinding(inspection, redactor: redactor)
  }

  /// The image now; nil when there is none or the engine does not answer.
  nonisolated func image(_ name: String) async -> ImageFinding? {
    guard let inspection = try? await engine.inspectImage(name) else { return nil }
    return ImageFinding(inspection)
  }
}
