import Canonical
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct NetworkRecordingTests {
  /// Address ranges that no other test has.
  private static func subnet() -> String {
    "10.\(UInt8.random(in: 100...250)).\(UInt8.random(in: 0...250))"
  }

  private static func specification(_ name: String) -> (NetworkSpecification, String) {
    let subnet = subnet()
    var specification = NetworkSpecification(name: name)
    var pool = NetworkSpecification.AddressPool(subnet: subnet + ".0/24")
    pool.range = subnet + ".128/25"
    pool.gateway = subnet + ".1"
    specification.pools = [pool]
    specification.isInternal = true
    specification.labels = ["project": "lhc", "api-token": "s3cr3t-value"]
    return (specification, subnet)
  }

  @Test func recordsALife() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let (name, web) = (laboratory.name("lab"), laboratory.name("web"))
    let (specification, subnet) = Self.specification(name)
    var id = ""
    let records = try await laboratory.records { client in
      let engine = client.engine
      id = try await engine.createNetwork(specification).id
      let found = try await engine.inspectNetwork(name)
      #expect(found.id == id && found.isInternal && !found.enablesIPv6)
      #expect(found.subnets == [subnet + ".0/24"])
      #expect(try await engine.listNetworks(filters: ["name": [name]]).map(\.id) == [id])
      _ = try await engine.createContainer(ContainerSpecification(image, "true"), name: web)
      var endpoint = NetworkEndpoint()
      endpoint.aliases = ["db"]
      endpoint.ipv4Address = subnet + ".200"
      endpoint.linkLocalAddresses = ["169.254.3.4"]
      try await engine.connectNetwork(name, container: web, endpoint: endpoint)
      try await engine.disconnectNetwork(id, container: web, force: true)
      try await engine.removeNetwork(name)
      try await engine.removeContainer(web)
    }
    try #require(
      records.map(\.operation) == [
        "network.create", "container.create", "network.connect", "network.disconnect",
        "network.remove", "container.remove",
      ])
    #expect(records.allSatisfy { $0.document.outcome == .succeeded })
    let path = Snapshot.path(network: id)
    #expect(records[0].entry.subject == "create network \(name)")
    #expect(records[0].generated == [.network, .snapshot])
    #expect(records[0].changed(under: "networks") == [path])
    let snapshot = try await laboratory.git("show", "\(records[0].entry.id):\(path)")
    #expect(snapshot.contains("\"Subnet\": \"\(subnet).0/24\"") && snapshot.contains("lhc"))
    #expect(!snapshot.contains("s3cr3t-value") && !snapshot.contains(ContainerFinding.label))
    #expect(records[2].entry.subject == "connect \(web) to network \(name)")
    #expect(records[2].used == [.network, .container])
    #expect(records[2].generated == [.state, .snapshot])
    #expect(records[2].container == records[1].container)
    #expect(records[2].document.informedBy == [records[1].document.id])
    let container = try #require(records[2].changed(under: "containers").first)
    let connected = try await laboratory.git("show", "\(records[2].entry.id):\(container)")
    #expect(connected.contains("\"db\""))
    #expect(records[3].entry.subject == "disconnect \(web) from network \(name)")
    #expect(records[3].generated == [.state, .snapshot])
    #expect(
      records.allSatisfy { ($0.entry.field("Network") == id) != ($0.operation.hasPrefix("con")) })
    #expect(records[4].document.invalidated.map(\.label) == [name])
    #expect(records[4].document.informedBy == [records[3].document.id])
    #expect(records[4].changes.contains { $0.kind == .removed && $0.path == path })
    try await laboratory.check()
  }

  @Test func recordsFailures() async throws {
    let laboratory = try await Laboratory()
    let name = laboratory.name("lab")
    let records = try await laboratory.records { client in
      let engine = client.engine
      _ = try await engine.createNetwork(Self.specification(name).0)
      for step in [
        { _ = try await engine.createNetwork(NetworkSpecification(name: name)) },
        { try await engine.connectNetwork(name, container: "nobody-\(name)") },
        { try await engine.disconnectNetwork(name, container: "nobody-\(name)") },
        { try await engine.removeNetwork("no-\(name)") },
        { try await engine.removeNetwork("bridge") },
      ] as [@Sendable () async throws -> Void] {
        await #expect(throws: EngineError.self) { try await step() }
      }
      try await engine.removeNetwork(name)
    }
    #expect(
      records.map { $0.entry.field("Outcome") } == [
        "succeeded", "failed", "failed", "failed", "failed", "failed", "succeeded",
      ])
    #expect(records[2].entry.subject == "connect nobody-\(name) to network \(name)")
    #expect(records[2].used == [.network])
    try await laboratory.check()
  }

  @Test func settlesWhatAnotherProcessLeft() async throws {
    // Of what came and went only the engine's events tell, which others would make it forget.
    try await TestEngine.with { try await settleWhatAnotherProcessLeft(on: $0) }
  }

  private func settleWhatAnotherProcessLeft(on engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let (name, web, run) = (laboratory.name("left"), laboratory.name("web"), laboratory.name("run"))
    let plain = try await Client.openEngine(laboratory.places)
    _ = try await laboratory.records { client in
      for container in [web, run] {
        _ = try await client.engine.createContainer(.waiting(image), name: container)
      }
      try await client.engine.startContainer(run)
    }
    let specification = Self.specification(name).0
    let steps: [(String, (EngineClient) async throws -> Void)] = [
      ("network.create", { _ = try await $0.createNetwork(specification) }),
      ("network.connect", { try await $0.connectNetwork(name, container: web) }),
      ("network.connect", { try await $0.connectNetwork(name, container: run) }),
      ("network.disconnect", { try await $0.disconnectNetwork(name, container: run) }),
      ("network.disconnect", { try await $0.disconnectNetwork(name, container: web) }),
      ("network.remove", { try await $0.removeNetwork(name) }),
    ]
    for (operation, step) in steps {
      try await laboratory.leave(isSent: true, step)
      let records = try await laboratory.settle()
      #expect(records.map(\.operation) == [operation])
      #expect(records.first?.entry.field("Outcome") == "succeeded")
    }
    // One that came and went.
    try await laboratory.leave(isSent: true, steps[0].1)
    try await plain.removeNetwork(name)
    let told = EngineException.eventsOfNetworks.isOfTheEngine ? [] : ["network.create"]
    #expect(try await laboratory.settle().map(\.operation) == told)
    _ = try await plain.createNetwork(specification)
    for (_, step) in steps { try await laboratory.leave(isSent: false, step) }
    #expect(try await laboratory.settle().isEmpty)
    // Nobody can tell of a container that is gone.
    try await laboratory.leave(isSent: true, steps[1].1)
    try await plain.removeContainer(web)
    #expect(try await laboratory.settle().map { $0.entry.field("Outcome") } == ["unknown"])
    try await plain.removeContainer(run, force: true)
    try await plain.removeNetwork(name)
    try await laboratory.check()
  }

  @Test func recordsWhatAPruneRemoved() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let (one, other) = (laboratory.name("one"), laboratory.name("other"))
      let records = try await laboratory.records { client in
        let engine = client.engine
        _ = try await engine.createNetwork(Self.specification(one).0)
        var kept = Self.specification(other).0
        kept.labels = ["keep": ""]
        _ = try await engine.createNetwork(kept)
        #expect(try await engine.pruneNetworks(filters: ["label!": ["keep"]]).removed == [one])
        #expect(try await engine.pruneNetworks(filters: ["label!": ["keep"]]).removed == [])
      }
      try #require(
        records.map(\.operation) == ["network.create", "network.create", "network.prune"])
      #expect(records[2].document.invalidated.map(\.label) == [one])
      #expect(
        records[2].changes.filter { $0.kind == .removed }.map(\.path)
          == records[0].changed(under: "networks"))
      try await laboratory.check()
    }
  }

  @Test(.needs(.requestedAddresses)) func recordsTheAddressThatWasAskedFor() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let plain = try await Client.openEngine(laboratory.places)
    let (specification, subnet) = Self.specification(laboratory.name("addressed"))
    let network = try await plain.createNetwork(specification).id
    let web = try await plain.createContainer(ContainerSpecification(image, "true")).id
    let record = try await laboratory.record { client in
      var endpoint = NetworkEndpoint()
      endpoint.ipv4Address = subnet + ".200"
      try await client.engine.connectNetwork(network, container: web, endpoint: endpoint)
    }
    let container = try #require(record.changed(under: "containers").first)
    let connected = try await laboratory.git("show", "\(record.entry.id):\(container)")
    #expect(connected.contains("\"IPv4Address\": \"\(subnet).200\""))
    try await plain.removeContainer(web)
    try await plain.removeNetwork(network)
  }

  @Test(.needs(.attachableNetworks)) func tellsWhoMayAttach() async throws {
    let laboratory = try await Laboratory()
    let engine = try await Client.openEngine(laboratory.places)
    var specification = NetworkSpecification(name: laboratory.name("attachable"))
    specification.isAttachable = true
    let id = try await engine.createNetwork(specification).id
    #expect(try await engine.inspectNetwork(id).isAttachable)
    try await engine.removeNetwork(id)
  }

  @Test(.needs(.eventsOfPrunes)) func settlesAPrune() async throws {
    try await TestEngine.with { engine in
      let laboratory = try await Laboratory(on: engine)
      let other = laboratory.name("other")
      let plain = try await Client.openEngine(laboratory.places)
      _ = try await plain.createNetwork(Self.specification(other).0)
      // An intent to remove what the prune removed was never sent.
      try await laboratory.leave(isSent: false) { try await $0.removeNetwork(other) }
      try await laboratory.leave(isSent: true) { try await $0.pruneNetworks() }
      let settled = try await laboratory.settle()
      #expect(settled.map(\.operation).contains("network.prune"))
      #expect(settled.last?.document.invalidated.map(\.label) == [other])
      try await laboratory.check()
    }
  }
}
