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
      noteRemoval(of: kind, id, named: names[id] ?? [], context)
      switch kind {
      case "container": end(Container(id: id, name: name, engine: context.engine))
      case "image": if let id = SHA256Digest(id) { end(Image(id: id, name: name)) }
      case "network": end(Network(id: id, name: name, engine: context.engine))
      case "volume": if let engine = context.engine { end(Volume(name: id, engine: engine)) }
      default: break
      }
    }
  }

  private mutating func noteRemoval(
    of kind: String, _ id: String, named names: [String], _ context: Context
  ) {
    guard kind == "volume" else {
      return removed.append(([kind, id] + names.sorted()).joined(separator: " "))
    }
    if let engine = context.engine { noteRemoval(of: Volume(name: id, engine: engine)) }
  }

  mutating func noteRemoval(of volume: Volume) { removed.append("volume \(volume.field)") }

  private mutating func endReferences(_ context: Context) {
    let untagged = Set(context.result.untagged)
    for candidate in context.intent.candidates {
      let isGone = context.result.deleted.contains(candidate.id)
      for name in candidate.names where untagged.contains(name) {
        if !isGone { removed.append("reference \(name)") }
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
