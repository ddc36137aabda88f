import Canonical
import DockerEngine
import Provenance

extension SettlementEvidence {
  /// A volume carries its activity's id. The event of its creation is no evidence while it is
  /// there: engines announce one, too, when the name was taken.
  func volumeCreation() async throws -> Finding<OperationResult> {
    let label = "\(ContainerFinding.label)=\(intent.id)"
    let found = try await recorder.observer.engine.listVolumes(filters: ["label": [label]])
    if let volume = found.first {
      let time = trace.events.last { $0.isOn(volume: volume.name) && $0.action == "create" }
      return .happened(
        await observed(at: time.map(trace.time)) { $0.createdVolume = volume.name })
    }
    // It came and went.
    guard intent.volume == nil, !volume.isEmpty, await currentVolume() == nil,
      let event = ownEvent
    else { return .nothing }
    var result = await observed(at: trace.time(of: event))
    result.volume = VolumeFinding(name: volume, driver: event["driver"])
    return .happened(result)
  }

  func currentVolume() async -> VolumeInspection? {
    try? await recorder.observer.engine.inspectVolume(volume)
  }
}

extension EngineEvent {
  func isOn(volume name: String) -> Bool { type == "volume" && actor == name }
}
