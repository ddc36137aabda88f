import Canonical
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable))
struct VolumeCommandTests {
  @Test func createsListsAndRemoves() async throws {
    let bench = try await Workbench(engine: try await TestEngine.shared())
    let name = Workbench.name("data")
    #expect(
      try await bench.check(
        "volume", "create", "--label", "a=b", "-o", "type=tmpfs", "-o", "device=tmpfs", name)
        == "\(name)\n")
    let again = try await bench.sc("volume", "create", "--label", "a=c", "--name", name)
    #expect(again.status == 0 && again.output == "\(name)\n")
    #expect(again.error.contains("was there already"))
    #expect(try await bench.sc("volume", "create", name).error == "")
    #expect(try await bench.sc("volume", "create", "--name", name, name).status == 2)
    let listed = try await bench.json(
      "volume", "ls", "--filter", "name=\(name)", "--format", "json")
    #expect(listed.array?.first?["name"]?.string == name)
    #expect(listed.array?.first?["options"]?["type"] == "tmpfs")
    #expect(listed.array?.first?["labels"]?["a"] == "b")
    #expect(try await bench.check("volume", "ls", "-q").contains("\(name)\n"))
    #expect(try await bench.json("volume", "inspect", name).array?.count == 1)

    #expect(try await bench.check("diff").hasPrefix("--- /dev/null\n+++ volume \(name)\n"))
    #expect(try await bench.check("show", name).contains("Operation:  volume.create"))
    #expect(
      try await bench.check("volume", "rm", "--dry-run", name) == "would remove \(name)\n")
    let removed = try await bench.sc("volume", "rm", name, name)
    #expect(removed.output == "\(name)\n")
    #expect(removed.status == 1 && removed.error.contains("sc volume ls shows what is there"))
    let log = try await bench.check("log", "--format", "%(operation) %(outcome)")
    #expect(log == "volume.remove failed\nvolume.remove succeeded\nvolume.create succeeded\n")
    #expect(try await bench.fsck() == "")
  }

  @Test func prunesOnlyWhenToldTo() async throws {
    try await TestEngine.with { engine in
      let bench = try await Workbench(engine: engine)
      let name = Workbench.name("pruned")
      try await bench.check("volume", "create", name)
      let unasked = try await bench.sc("volume", "prune")
      #expect(unasked.status == 2 && unasked.error.contains("--force"))
      #expect(try await bench.check("volume", "prune", "--dry-run") == "would remove \(name)\n")
      #expect(
        try await bench.check("volume", "prune", "-f")
          == "Deleted Volumes:\n\(name)\n\nTotal reclaimed space: 0B\n")
      #expect(try await bench.check("volume", "prune", "-f") == "Total reclaimed space: 0B\n")
      #expect(try await bench.check("log", "--format", "%s").hasPrefix("prune 1 volume\n"))
    }
  }
}
