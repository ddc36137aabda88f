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
    guard context.hasSucceeded else { return }
    let names = Dictionary(
      context.intent.candidates.map { ($0.id, $0.names) }, uniquingKeysWith: { $1 })
    if kind == "image" { endReferences(context) }
    for id in removed {
      let name = names[id]?.min()
      switch kind {
      case "container": end(Container(id: id, name: name, engine: context.engine))
      case "image": if let id = SHA256Digest(id) { end(Image(id: id, name: name)) }
      case "network": end(Network(id: id, name: name, engine: context.engine))
      case "volume": if let engine = context.engine { end(Volume(name: id, engine: engine)) }
      default: break
      }
    }
  }

  private mutating func endReferences(_ context: Context) {
    let untagged = Set(context.result.untagged)
    for candidate in context.intent.candidates {
      for name in candidate.names where untagged.contains(name) {
        event.invalidated.append(
          .imageReference(
            ImageReference(
              name: name, engine: context.engine, image: SHA256Digest(candidate.id))))
      }
    }
  }

  private mutating func end(_ container: Container) {
    event.invalidated.append(.container(container))
    snapshots.append((path: Snapshot.path(container: container.id), content: nil))
  }

  private mutating func end(_ image: Image) {
    event.invalidated.append(.image(image))
    snapshots.append((path: Snapshot.path(image: image.identity), content: nil))
  }
}
