import Canonical
import Provenance

extension OperationDescription {
  mutating func describeVolumeCreation(_ context: Context) {
    subject =
      "create volume \(context.result.volume?.name ?? context.intent.target ?? "")"
      .trimmed
    guard context.hasSucceeded, let volume = context.result.volume, let engine = context.engine
    else { return }
    let entity = volume.entity(on: engine)
    self.volume = entity
    generate(.volume(entity), as: .volume)
    guard let snapshot = volume.snapshot else { return }
    add(snapshot, at: Snapshot.path(volume: entity), of: entity.iri)
  }

  mutating func describeVolumeRemoval(_ context: Context) {
    let name = context.intent.volume?.name ?? context.intent.target ?? "a volume"
    subject = "remove volume \(name)"
    guard let engine = context.engine,
      // An engine that was asked for the impossible has no such volume.
      let volume = context.intent.volume
        ?? (context.hasSucceeded ? VolumeFinding(name: name) : nil)
    else { return }
    let entity = volume.entity(on: engine)
    self.volume = entity
    use(.volume(entity), as: .volume)
    guard context.hasSucceeded else { return }
    end(entity)
  }

  /// Ends a volume: it is no more, and neither is its snapshot.
  mutating func end(_ volume: Volume) {
    event.invalidated.append(.volume(volume))
    snapshots.append((path: Snapshot.path(volume: volume), content: nil))
  }
}

extension String {
  /// Without the space of a name that is missing.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
