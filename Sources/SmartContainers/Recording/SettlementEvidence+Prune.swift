import Canonical
import DockerEngine
import Provenance

// What a prune removed, when its answer is lost.
extension SettlementEvidence {
  /// The candidates that are no longer there, without those that others removed as far as the
  /// engine still knows.
  ///
  /// - Parameter end: when the prune ended; nil when an engine does not say that it did.
  func pruned(until end: Timestamp?) async -> [String] {
    guard let remaining = await recorder.observer.pruneCandidates(of: intent.kind) else {
      return []
    }
    let ids = Set(remaining.map(\.id))
    // Of volumes an engine announces only the removals that were asked for one by one.
    let others = removals.filter { event in
      intent.kind == "volume" && !dialect.has(.eventWords)
        && trace.isSince(intent.startedAt, event)
        || end.map { !trace.isWithin(intent.startedAt...max(intent.startedAt, $0), event) } ?? false
    }
    let explained = ids.union(others.map(\.actor))
    return intent.candidates.map(\.id).filter { !explained.contains($0) }
  }

  /// When the engine last removed something that may be a part of the prune.
  var lastRemoval: Timestamp? {
    removals.last { trace.isSince(intent.startedAt, $0) }.map(trace.time)
  }

  private var removals: [EngineEvent] {
    trace.events.filter { event in
      event.type == intent.kind && ["destroy", "delete"].contains(event.action)
    }
  }
}

extension Intent {
  /// Whether it removes what nobody uses.
  var isPrune: Bool { operation.hasSuffix(".prune") }

  /// The IRI of the thing that it is about; nil where it is about none, or where the engine's id
  /// is a part of it and not known.
  func subjectIRI(on engine: String?) -> String? {
    if let container { return Container.iri(of: container.id) }
    if let image { return image.entity()?.iri }
    if let network { return network.entity(on: engine).iri }
    return engine.flatMap { engine in volume?.entity(on: engine).iri }
  }
}
