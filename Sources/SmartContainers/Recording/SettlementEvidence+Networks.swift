import Canonical
import DockerEngine
import Provenance

extension SettlementEvidence {
  /// A network carries its activity's id.
  func networkCreation() async throws -> Finding<OperationResult> {
    let networks = try await recorder.observer.engine.listNetworks()
    let made = networks.first { $0.labels[ContainerFinding.label] == intent.id.description }
    if let made {
      let time = trace.events.last { $0.isOn(network: made.id) && $0.action == "create" }
      return .happened(await observed(at: time.map(trace.time)) { $0.createdNetwork = made.id })
    }
    // It came and went.
    let name = intent.request?.body?["Name"]?.string
    let others = Set(networks.map(\.id)).union(spans.compactMap(\.network))
    let created = trace.events.first { event in
      event.type == "network" && event.action == "create" && event["name"] == name
        && trace.isSince(intent.startedAt, event) && !others.contains(event.actor)
    }
    guard let event = created else { return .nothing }
    var result = await observed(at: trace.time(of: event))
    result.network = NetworkFinding(
      id: event.actor, name: event["name"] ?? "", driver: event["type"])
    return .happened(result)
  }

  /// Who is in a network tells more than events: engines announce the network of a container
  /// that does not run when it starts, and each start announces it anew.
  func connection() async -> Finding<OperationResult> {
    guard let before = intent.container, let network = intent.network,
      !spans.contains(where: isSameConnection)
    else { return .nothing }
    var redactor = recorder.environment.redactor
    guard let after = await recorder.observer.container(before.id, redactor: &redactor) else {
      return .nothing
    }
    let (old, new) = (before.endpoint(in: network), after.endpoint(in: network))
    let isDone = intent.operation == "network.connect" ? new != nil && new != old : new == nil
    guard isDone, new != old else { return .nothing }
    let event = trace.events.last {
      $0.isOn(network: network.id) && "network." + $0.action == intent.operation
        && $0["container"] == before.id && trace.isSince(intent.startedAt, $0)
    }
    return .happened(await observed(at: event.map(trace.time)))
  }

  private func isSameConnection(_ span: RecordedSpan) -> Bool {
    span.operation == intent.operation && span.container == container
      && span.network == intent.network?.id
  }

  /// Whether it puts a container into a network, or takes it out.
  var isConnection: Bool {
    ["network.connect", "network.disconnect"].contains(intent.operation)
  }

  /// Whether nobody can tell: the container that was to be connected is gone.
  func isConnectionLost() async -> Bool {
    let found = try? await recorder.observer.engine.inspectContainer(container)
    return found == nil && !container.isEmpty
  }
}

extension ContainerFinding {
  /// What it asked of a network that it is in; nil when it is not.
  fileprivate func endpoint(in network: NetworkFinding) -> JSONValue? {
    snapshot?["Networks"]?[network.name]
  }
}

extension EngineEvent {
  func isOn(network id: String) -> Bool { type == "network" && actor == id }
}
