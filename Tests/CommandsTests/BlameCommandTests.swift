import Foundation
import SmartContainers
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable))
struct BlameCommandTests {
  @Test func writesALineAField() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("blame")
    let (web, shop) = (Workbench.name("web"), Workbench.name("shop"))
    try await bench.check("config", "set", "agent.name", "Ada Lovelace")
    try await bench.check(
      "container", "create", "--name", web, "-e", "MODE=\u{1B}[31mdraft", "-e",
      "API_TOKEN=s3cr3t-value", "-m", "64m", image, "sleep", "600")
    try await bench.check("container", "rename", web, shop, "--set", "agent.name=Bob")
    let text = try await bench.check("blame", shop)
    #expect(!text.contains("\u{1B}") && !text.contains("s3cr3t"))
    let commits = try await bench.check("log", "--format", "%H %aI").split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    func line(_ commit: Int, _ author: String, _ operation: String, _ field: String) -> String {
      "\(commits[commit][0].prefix(8)) \(author) \(commits[commit][1].prefix(19))Z \(operation)  "
        + field
    }
    let ada = "Ada Lovelace"
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines.contains(line(0, "Bob         ", "container.rename", "name = \(shop)")), "\(text)")
    for field in [
      "command = sleep 600", "environment.API_TOKEN = (redacted)",
      "environment.MODE = \\e[31mdraft", "limits.memory = 64MiB",
    ] {
      #expect(lines.contains(line(1, ada, "container.create", field)), "\(text)")
    }
    #expect(!text.contains("host.maskedPaths"))
    #expect(try await bench.check("blame", "--all", shop).contains("host.maskedPaths"))
    #expect(
      try await bench.check("blame", shop, "environment.MODE", "name").split(separator: "\n").count
        == 2)
    let json = try await bench.json("blame", "--json", shop, "name")
    #expect(
      json["fields"]?.array?.first?["commit"]?.string == commits[0][0]
        && json["fields"]?.array?.first?["operation"] == "container.rename"
        && json["fields"]?.array?.first?["author"]?["name"] == "Bob")
    let image0 = try await bench.check("blame", image, "command")
    #expect(image0.contains(" not recorded ") && image0.contains("command = /bin/sh"))
    #expect(!image0.contains("container.create") && !image0.contains(ada), "\(image0)")
    try await bench.check("container", "rm", "-f", shop)
  }

  @Test func followsClonesThatWereMerged() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("merged")
    let (web, shop, lab) = (Workbench.name("web"), Workbench.name("shop"), Workbench.name("lab"))
    let id = try await bench.check(
      "container", "create", "--set", "agent.name=Ada", "--name", web, image, "true")
    let shared = try await bench.shell(
      """
      set -e
      sc remote init-server lab.git && sc remote add origin lab.git && sc push
      sc clone lab.git bob
      sc network create --set agent.name=Ada \(lab)
      sc network connect --set agent.name=Ada \(lab) \(web)
      sleep 1.1
      cd bob && sc container rename --set agent.name=Bob \(web) \(shop) && sc push
      cd .. && sc pull
      """)
    #expect(shared.status == 0, "\(shared.error)")
    let log = try await bench.shell("git --git-dir=.sc rev-list --merges --count main")
    #expect(log.output == "1\n")
    let text = try await bench.check("blame", String(id.prefix(12)))
    let lines = text.split(separator: "\n").map(String.init)
    func author(_ field: String) -> String? {
      lines.first { $0.contains("  \(field) = ") }?.split(separator: " ").dropFirst().first.map(
        String.init)
    }
    #expect(author("name") == "Bob", "\(text)")
    // Bob's snapshot was of the engine as it was then, so that he is the first to have seen it
    // beside his own change.
    #expect(author("networks.\(lab)") != nil, "\(text)")
    #expect(author("command") == "Ada", "\(text)")
    try await bench.shell("sc container rm -f \(shop); sc network rm \(lab)").expectSuccess()
  }

  @Test func badInputSaysWhatToDo() async throws {
    let bench = try await Workbench()
    for arguments in [["blame", "web"], ["blame", "web", "name"]] {
      let result = try await bench.run([try Project.executable("sc").string] + arguments)
      #expect(result.status == 1 && result.output == "")
      #expect(result.error.contains("is no container, image") && result.error.contains("sc log"))
    }
    for arguments in [["blame"], ["blame", "--nosuch", "web"]] {
      let result = try await bench.run([try Project.executable("sc").string] + arguments)
      #expect(result.status == 2)
    }
    let none = try await bench.sc("--sc-dir", "nowhere", "blame", "web")
    #expect(none.status == 10, "\(none.error)")
  }
}

extension Command.Result {
  fileprivate func expectSuccess() { #expect(status == 0, "\(error)") }
}
