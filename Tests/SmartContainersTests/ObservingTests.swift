import Canonical
import DockerEngine
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ObservingTests {
  @Test func tellsWhatARunningContainerDoes() async throws {
    // An engine forgets its events, and other tests would make it do so.
    try await TestEngine.with { try await tellWhatARunningContainerDoes(on: $0) }
  }

  private func tellWhatARunningContainerDoes(on engine: TestEngine) async throws {
    let laboratory = try await Laboratory(on: engine)
    let image = try await laboratory.engine.image()
    let engine = try await Client.openEngine(laboratory.places)
    let name = laboratory.name("observed")
    let specification = ContainerSpecification(
      image, "sh", "-c",
      "echo x > /added; rm /bin/true; trap 'exit 0' TERM; while :; do sleep 1; done")
    let id = try await engine.createContainer(specification, name: name).id
    #expect(try await engine.changes(of: name) == [])
    await #expect { try await engine.processes(of: name) } throws: { error in
      (error as? EngineError)?.code == .conflict
    }
    try await engine.startContainer(name)
    let processes = try await engine.processes(of: name)
    #expect(processes.titles.contains("PID") && !processes.processes.isEmpty)
    #expect(processes.processes.allSatisfy { $0.count == processes.titles.count })
    #expect(try await engine.processes(of: name, arguments: "-o pid,comm").titles.count == 2)

    let once = try await engine.statistics(of: name)
    #expect(once.id == id && once.name == name && once.readAt != nil)
    #expect(once.memoryInBytes > 0 && once.memoryLimitInBytes >= once.memoryInBytes)
    #expect(once.processCount >= 1 && once.processorShare >= 0)
    var moments = 0
    try await engine.followStatistics(of: id) { moment in
      #expect(moment.id == id)
      moments += 1
      return moments < 2
    }
    #expect(moments == 2)

    let changes = try await engine.changes(of: name)
    #expect(changes.contains { $0.path == "/added" && $0.kind == .added })
    #expect(changes.contains { $0.path == "/bin/true" && $0.kind == .removed })
    #expect(changes.contains { $0.path == "/bin" && $0.kind == .changed })

    try await engine.removeContainer(id, force: true)
    var actions: [String] = []
    try await engine.followEvents(since: "0", filters: ["container": [id]]) { event in
      actions.append(event.action)
      return event.action != "destroy"
    }
    #expect(actions.first == "create" && actions.contains("start"))
    #expect(try await laboratory.records().isEmpty, "reading is not recorded")
  }

  @Test(.needs(.detailsOfHistories)) func tellsTheStepsOfAnImage() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let client = try await Client.open(laboratory.places)
    let built = try await client.buildImage(
      from: .dockerfile(Array("FROM \(image)\nENV MODE=draft\nRUN echo x > /y\n".utf8)),
      options: BuildOptions())
    let steps = try await client.engine.imageHistory(built)
    try #require(steps.count == 3)
    #expect(steps[0].id == built && steps[0].createdBy.contains("echo x > /y"))
    #expect(steps[0].sizeInBytes == 2)
    #expect(steps[1].createdBy.contains("MODE=draft") && steps[1].sizeInBytes == 0)
    #expect(steps[2].tags == [image] && steps[2].createdAt.millisecondsSince1970 > 0)
  }

  @Test func computesWhatDockerComputes() {
    let moment = ContainerStatistics(json: [
      "name": "/web", "read": "0001-01-01T00:00:00Z",
      "cpu_stats": [
        "cpu_usage": ["total_usage": 300], "system_cpu_usage": 2000, "online_cpus": 2,
      ],
      "precpu_stats": ["cpu_usage": ["total_usage": 200], "system_cpu_usage": 1000],
      "memory_stats": ["usage": 5000, "limit": 10_000, "stats": ["inactive_file": 1000]],
      "networks": ["eth0": ["rx_bytes": 1, "tx_bytes": 2], "eth1": ["rx_bytes": 10]],
      "blkio_stats": [
        "io_service_bytes_recursive": [
          ["op": "Read", "value": 7], ["op": "write", "value": 8], ["op": "Read", "value": 1],
        ]
      ],
    ])
    #expect(moment.name == "web" && moment.readAt == nil)
    #expect(moment.processorShare == 0.2)
    #expect(moment.memoryInBytes == 4000)
    #expect(moment.receivedInBytes == 11 && moment.sentInBytes == 2)
    #expect(moment.readInBytes == 8 && moment.writtenInBytes == 8)
    #expect(ContainerStatistics(json: [:]).processorShare == 0)
  }
}
