import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable))
struct ContainerListTests {
  @Test func tellsHowLargeAContainersFilesAre() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("sizes")
    let name = Workbench.name("large")
    try await bench.check(
      "run", "--name", name, image, "dd", "if=/dev/zero", "of=/big", "bs=1000", "count=2000")
    let link = EngineException.untouchedLayers.isOfTheEngine ? "/proc/mounts".utf8.count : 0
    let size = 2_000_000 + Int64(link)
    let list = try await bench.check("container", "ls", "-as", "--filter", "name=\(name)")
    #expect(list.contains("SIZE"))
    #expect(list.contains("2MB (virtual "))
    let entry = try await bench.json(
      "container", "ls", "-as", "--filter", "name=\(name)", "--format", "json")
    #expect(entry.array?.first?["byteCount"]?.integer == size)
    let inspection = try await bench.json("container", "inspect", "--size", name)
    #expect(inspection.array?.first?["SizeRw"]?.integer == size)
    try await bench.check("container", "rm", name)
  }
}
