import Canonical
import Provenance

extension OperationDescription {
  /// Ends each thing that the engine removed because nobody used it.
  mutating func describePrune(_ context: Context) {
    let kind = context.intent.kind
    let removed = context.result.deleted
    subject =
      context.hasSucceeded
      ? "prune \(removed.count) \(kind)\(removed.count == 1 ? "" : "s")" : "prune \(kind)s"
    guard context.hasSucceeded, let engine = context.engine else { return }
    let names = Dictionary(
      context.intent.candidates.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    for id in removed {
      let name = names[id] ?? nil
      switch kind {
      case "network": end(Network(id: id, name: name, engine: engine))
      case "volume": end(Volume(name: id, engine: engine))
      default: break
      }
    }
  }
}
