import Canonical
import Provenance

extension OperationDescription {
  mutating func describeNetworkCreation(_ context: Context) {
    let asked = context.intent.request?.body?["Name"]?.string ?? "?"
    subject = "create network \(context.result.network?.name ?? asked)"
    guard context.hasSucceeded, let network = context.result.network else { return }
    networkID = network.id
    let entity = network.entity(on: context.engine)
    generate(.network(entity), as: .network)
    guard let snapshot = network.snapshot else { return }
    add(snapshot, at: Snapshot.path(network: network.id), of: entity.iri)
  }

  mutating func describeNetworkRemoval(_ context: Context) {
    subject = "remove network \(shownNetwork(context))"
    guard let entity = useNetwork(context), context.hasSucceeded else { return }
    end(entity)
  }

  /// What a container is in is a part of its configuration, not of the network's.
  mutating func describeConnection(_ context: Context) {
    let container =
      context.intent.container?.name ?? context.intent.request?.body?["Container"]?.string
      ?? "a container"
    let isConnected = context.intent.operation == "network.connect"
    subject =
      "\(isConnected ? "connect" : "disconnect") \(container) "
      + "\(isConnected ? "to" : "from") network \(shownNetwork(context))"
    _ = useNetwork(context)
    describeChange(context)
  }

  /// Ends a network: it is no more, and neither is its snapshot.
  mutating func end(_ network: Network) {
    event.invalidated.append(.network(network))
    snapshots.append((path: Snapshot.path(network: network.id), content: nil))
  }

  private mutating func useNetwork(_ context: Context) -> Network? {
    guard let network = context.intent.network else { return nil }
    networkID = network.id
    let entity = network.entity(on: context.engine)
    use(.network(entity), as: .network)
    return entity
  }

  private func shownNetwork(_ context: Context) -> String {
    context.intent.network?.name ?? context.intent.target ?? "?"
  }
}
