import Canonical
import DockerEngine

extension RecordedOperation {
  /// Whether the engine said yes and had nothing to do.
  ///
  /// An answer that is too long to be kept, or none of the kind, tells nothing.
  var changedNothing: Bool {
    switch match.route {
    // The engine answers so, too, when it has a volume of that name: that one has another label.
    case RouteTable.volumeCreate:
      guard isLabelled, let answer = tap.answer else { return false }
      return answer["Labels"]?[ContainerFinding.label]?.string != intent.id.description
    case RouteTable.volumeRemove: return intent.volume == nil && intent.query("force") != nil
    case _ where match.route.isPrune: return removedThings?.isEmpty ?? false
    default: return false
    }
  }

  /// What a prune removed, by the engine's answer: ids of containers, images and layers, names of
  /// networks and volumes. Nil when the answer is too long to be kept.
  private var removedThings: [String]? {
    guard let answer = tap.answer else { return nil }
    let things = ["ContainersDeleted", "NetworksDeleted", "VolumesDeleted"].flatMap {
      answer[$0]?.strings ?? []
    }
    return things
      + (answer["ImagesDeleted"]?.array ?? []).compactMap {
        $0["Deleted"]?.string ?? $0["Untagged"]?.string
      }
  }

  /// Says of each thing that was there whether the prune removed it.
  func sumUpPrune(_ result: inout OperationResult) async {
    let removed = removedThings.map { Set($0) }
    switch match.route {
    case RouteTable.containerPrune, RouteTable.volumePrune:
      if let removedThings {
        result.deleted = removedThings
        return
      }
      fallthrough
    case RouteTable.networkPrune, RouteTable.imagePrune:
      // Several networks may have the name that the engine tells, and of images it tells the
      // layers, too.
      let left = Set(await recorder.observer.pruneCandidates(of: intent.kind)?.map(\.id) ?? [])
      let gone = intent.candidates.filter { !left.contains($0.id) }
      result.deleted = gone.filter { candidate in
        guard let removed else { return true }
        return removed.contains(candidate.id) || !removed.isDisjoint(with: candidate.names)
      }.map(\.id)
      guard match.route == RouteTable.imagePrune else { return }
      result.untagged =
        if let removed {
          intent.candidates.flatMap(\.names).filter(removed.contains)
        } else {
          gone.flatMap(\.names)
        }
    default: break
    }
  }
}
