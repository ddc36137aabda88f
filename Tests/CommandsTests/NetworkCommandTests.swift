import Canonical
import Foundation
import TestSupport
import Testing

@testable import Commands

struct NetworkCommandTests {
  @Test(.enabled(if: TestEngine.isAvailable))
  func createsConnectsAndRemoves() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("networked")
    let (name, web) = (Workbench.name("lab"), Workbench.name("web"))
    let subnet = "10.\(Int.random(in: 20...90)).\(Int.random(in: 0...250))"
    let created = try await bench.check(
      "network", "create", "--subnet", "\(subnet).0/24", "--ip-range=\(subnet).128/25",
      "--gateway", "\(subnet).1", "--internal", "--label", "a=b", name)
    #expect(created.count == 65)
    let listed = try await bench.json(
      "network", "ls", "--filter", "name=\(name)", "--format", "json")
    #expect(listed.array?.first?["subnets"]?.strings == ["\(subnet).0/24"])
    #expect(listed.array?.first?["internal"] == true && listed.array?.first?["ipv6"] == false)
    #expect(
      try await bench.check("network", "ls", "-q", "--no-trunc", "--filter", "name=\(name)")
        == created)
    try await bench.check("container", "create", "--name", web, image)
    try await bench.check("network", "connect", "--alias", "db", "--ip", "\(subnet).200", name, web)
    let difference = try await bench.check("diff")
    #expect(difference.contains("@@ networks.\(name).aliases @@\n+db\n"), "\(difference)")
    try await bench.check("network", "disconnect", "-f", name, web)
    #expect(try await bench.check("show", name).contains("Operation:  network."))
    #expect(
      try await bench.check("network", "rm", "--dry-run", name)
        == "would remove \(name) (\(created.prefix(12)))\n")
    let removed = try await bench.sc("network", "rm", name, name)
    #expect(removed.output == "\(name)\n")
    #expect(removed.status == 1 && removed.error.contains("sc network ls shows what is there"))
    #expect(try await bench.sc("network", "rm", "-f", name).status == 0)
    try await bench.check("container", "rm", web)
    let unasked = try await bench.sc("network", "prune")
    #expect(unasked.status == 2 && unasked.error.contains("--force"))
    #expect(try await bench.fsck() == "")
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false),
    ("10.0.0.0/25", "10.0.0.128", false), ("10.0.0.0/25", "10.0.0.0/24", false),
    ("0.0.0.0/0", "9.9.9.9", true), ("fd00::/64", "fd00::1", true), ("fd00::/64", "fd01::1", false),
    ("0.0.0.0/0", "fd00::1", false), ("10.0.0.1", "10.0.0.1", true),
  ])
  func knowsWhichAddressesAreInARange(range: String, address: String, isIn: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(try #require(AddressRange(address))) == isIn)
  }

  @Test(arguments: ["10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "x", "", "fd00::/129", "10.0.0.0/"])
  func refusesWhatIsNoRange(text: String) {
    #expect(AddressRange(text) == nil)
  }
}
