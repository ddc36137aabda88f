import Canonical
import Foundation
import TestSupport
import Testing

@testable import Commands

struct ObservingCommandTests {
  @Test(.enabled(if: TestEngine.isAvailable))
  func showsWhatHappensInAContainer() async throws {
    // An engine forgets its events, and other tests would make it do so.
    try await TestEngine.with { try await showWhatHappensInAContainer(on: $0) }
  }

  private func showWhatHappensInAContainer(on engine: TestEngine) async throws {
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("observed")
    let name = Workbench.name("observed")
    let id = try await bench.check(
      "run", "-d", "--name", name, image, "sh", "-c", "touch /made; exec sleep 600"
    ).trimmingCharacters(in: .newlines)
    let top = try await bench.check("container", "top", name)
    #expect(top.contains("PID") && top.contains("sleep 600"))
    #expect(try await bench.check("container", "top", name, "-o", "pid").hasPrefix("PID\n"))
    // The engine's own mounts may be there, too.
    #expect(try await bench.check("container", "diff", name).hasSuffix("A /made\n"))
    #expect(
      try await bench.json("container", "diff", "--format", "json", name).array?.last
        == ["kind": "added", "path": "/made"])
    let stats = try await bench.json(
      "container", "stats", "--no-stream", "--format", "json", name)
    #expect(stats.array?.first?["id"]?.string == id)
    #expect(stats.array?.first?["memoryInBytes"]?.integer ?? 0 > 0)
    #expect(
      try await bench.check("container", "stats", "--no-stream", name)
        .hasPrefix("CONTAINER ID   "))
    #expect(try await bench.sc("container", "stats", "--no-stream", "nosuch").status == 1)
    let follow = try bench.start("container", "stats", "--format", "jsonl", name)
    _ = try await follow.output { $0.split(separator: "\n").count >= 2 }
    follow.interrupt()
    #expect(try await follow.result().status == 130)

    let events = try bench.start(
      "events", "--json", "--since", "1h", "--filter", "container=\(id)")
    _ = try await events.output { $0.contains("\"start\"") }
    try await bench.check("container", "rm", "-f", name)
    let text = try await events.output { $0.contains("\"destroy\"") }
    events.interrupt()
    #expect(try await events.result().status == 130)
    for line in text.split(separator: "\n") where line.hasSuffix("}") {
      #expect(try JSONValue(parsing: Array(line.utf8))["Actor"]?["ID"]?.string == id)
    }
    let past = try await bench.check(
      "events", "--since", "1h", "--until", "now", "--filter", "image=nosuch-\(name)")
    #expect(past == "")
    #expect(try await bench.check("image", "history", image).hasPrefix("IMAGE "))
  }

  @Test(.enabled(if: TestEngine.isAvailable), .needs(.detailsOfHistories))
  func namesTheImageInItsHistory() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("steps")
    let history = try await bench.json("image", "history", "--format", "json", image)
    #expect(history.array?.first?["tags"]?.strings == [image])
  }

  @Test(.enabled(if: TestEngine.isAvailable))
  func prunesOnlyWhenToldTo() async throws {
    try await TestEngine.with { engine in
      let bench = try await Workbench(engine: engine)
      let image = try await engine.image("pruned")
      let id = try await bench.check("container", "create", "--name", "one", image)
        .trimmingCharacters(in: .newlines)
      #expect(try await bench.sc("container", "prune").status == 2)
      #expect(try await bench.sc("image", "prune", "-a").status == 2)
      #expect(
        try await bench.check("container", "prune", "--dry-run")
          == "would remove one (\(id.prefix(12)))\n")
      #expect(try await bench.check("image", "prune", "-a", "--dry-run") == "")
      #expect(
        try await bench.check("container", "prune", "-f").hasPrefix(
          "Deleted Containers:\n\(id)\n\n"))
      #expect(try await bench.check("log", "--format", "%s").hasPrefix("prune 1 container\n"))
      #expect(try await bench.fsck() == "")
    }
  }

  @Test(.enabled(if: TestEngine.isAvailable), .needs(.prunesOfNamedImages))
  func prunesImagesThatNobodyUses() async throws {
    try await TestEngine.with { engine in
      let bench = try await Workbench(engine: engine)
      let image = try await engine.image("pruned")
      #expect(
        try await bench.check("image", "prune", "-a", "--dry-run").hasPrefix(
          "would remove \(image) "))
      let pruned = try await bench.check("image", "prune", "-af")
      #expect(pruned.hasPrefix("Deleted Images:\nuntagged: \(image)\ndeleted: sha256:"))
      #expect(pruned.contains("\nTotal reclaimed space: "))
      let log = try await bench.check("log", "--format", "%s")
      #expect(log == "prune 1 image\n")
      #expect(try await bench.fsck() == "")
    }
  }

  @Test func printsSharesAndMemoryAsDockerDoes() {
    #expect(HumanText.percent(0) == "0.00%")
    #expect(HumanText.percent(0.1234) == "12.34%")
    #expect(HumanText.percent(1.5002) == "150.02%")
    #expect(HumanText.memory(339_968) == "332KiB")
    #expect(HumanText.memory(25_276_502_016) == "23.5GiB")
    #expect(HumanText.memory(12) == "12B")
  }
}
