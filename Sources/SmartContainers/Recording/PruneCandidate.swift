import Canonical
import DockerEngine
import Provenance

/// Something that was there before a prune, and may be gone after it.
struct PruneCandidate: Sendable, Hashable {
  /// The full id; the name, for a volume.
  var id: String

  /// Several for an image.
  var names: [String] = []
}

extension PruneCandidate: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id)), ("names", names.isEmpty ? nil : JournalObject.strings(names)),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    id = try json.text("id")
    names = json["names"]?.strings ?? []
  }
}

extension EngineObserver {
  /// What is there of a kind; nil when the engine does not answer.
  ///
  /// - Parameter isIdle: whether containers that run are left out, which no prune removes.
  nonisolated func pruneCandidates(
    of kind: String, isIdle: Bool = false
  ) async -> [PruneCandidate]? {
    switch kind {
    case "container":
      try? await engine.listContainers(ContainerFilter(includesStopped: true))
        .filter { !isIdle || !["running", "paused", "restarting"].contains($0.state) }
        .map { PruneCandidate(id: $0.id, names: $0.names) }
    case "image":
      try? await engine.listImages(includesIntermediate: true).map {
        PruneCandidate(id: $0.id, names: $0.tags)
      }
    case "network":
      try? await engine.listNetworks().map { PruneCandidate(id: $0.id, names: [$0.name]) }
    case "volume": try? await engine.listVolumes().map { PruneCandidate(id: $0.name) }
    default: nil
    }
  }
}

extension Intent {
  /// What the operation is done to: `container`, `image`, `volume`.
  var kind: String { String(operation.prefix { $0 != "." }) }
}
