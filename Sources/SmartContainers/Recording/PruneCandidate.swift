import Canonical
import DockerEngine
import Provenance

/// Something that was there before a prune, and may be gone after it.
struct PruneCandidate: Sendable, Hashable {
  /// The full id; the name, for a volume.
  var id: String
  var name: String?
}

extension PruneCandidate: JournalValue {
  var json: JSONValue {
    JournalObject.make([("id", .string(id)), ("name", name.map { .string($0) })])
  }

  init(json: JSONValue) throws(JournalValueError) {
    id = try json.text("id")
    name = json["name"]?.string
  }
}

extension EngineObserver {
  /// What is there of a kind; nil when the engine does not answer.
  nonisolated func pruneCandidates(of kind: String) async -> [PruneCandidate]? {
    switch kind {
    case "network":
      try? await engine.listNetworks().map { PruneCandidate(id: $0.id, name: $0.name) }
    case "volume":
      try? await engine.listVolumes().map { PruneCandidate(id: $0.name) }
    default: nil
    }
  }
}

extension Intent {
  /// What the operation is done to: `container`, `image`, `volume`.
  var kind: String { String(operation.prefix { $0 != "." }) }
}
