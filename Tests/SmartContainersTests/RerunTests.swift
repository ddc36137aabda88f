import Canonical
import Foundation
import History
import Provenance
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct RerunTests {
  @Test(arguments: [false, true]) func comesOutAsBefore(verifies: Bool) async throws {
    let scene = try await RerunScene()
    try scene.write("b\na\n", to: "data.csv")
    try scene.write("x\n", to: "model/deep/x")
    let first = try await scene.run("sort data.csv model/deep/x | tee out/sorted; echo e >&2") {
      ($0.inputs, $0.outputs) = (["data.csv", "model"], ["out/"])
    }
    try scene.write(verifies ? "a\nb\nx\n" : "spoiled", to: "out/sorted")
    let (result, record) = try await scene.rerun(first.document.id) { $0.verifies = verifies }
    #expect(result.isReproduced && result.hasInputsOfThen)
    #expect(result.outputs.map(\.state) == [.identical])
    #expect(result.standardOutput?.state == .identical)
    #expect(result.standardError?.state == .identical)
    #expect(scene.text("out/sorted") == "a\nb\nx\n")
    let document = record.document
    #expect(document.id == result.activity && document.operation == "rerun")
    #expect(document.repeats == first.document.id && document.isReproduced == true)
    #expect(document.informedBy == [first.document.id])
    #expect(document.plan.inputs == first.document.plan.inputs)
    #expect(
      scene.things(document.used, .input) == scene.things(first.document.used, .input))
    #expect(
      scene.things(document.generated, .output) == scene.things(first.document.generated, .output))
    let (creation, again) = (first.document.parts[0], document.parts[0])
    #expect(again.plan.request?.body == creation.plan.request?.body)
    #expect(again.plan.request?.query.contains { $0.name == "name" } == false)
    #expect(document.parts.map(\.operation).last == "container.remove")
    let short = first.document.id.description.prefix(13)
    #expect(record.entry.subject == "rerun \(short) from \(scene.image) (reproduced)")
    // What was done again can be done again.
    let (third, _) = try await scene.rerun(record.document.id) { $0.verifies = true }
    #expect(third.isReproduced)
    try await scene.laboratory.check()
  }

  @Test func namesWhatDiffers() async throws {
    let scene = try await RerunScene()
    let first = try await scene.run(
      "cat /proc/sys/kernel/random/uuid | tee stamp; echo same > same; "
        + "echo 1 > out/only-$(cat stamp)"
    ) { $0.outputs = ["stamp", "same", "out/"] }
    let stamp = try #require(scene.text("stamp"))
    let (result, record) = try await scene.rerun(first.document.id) { $0.verifies = true }
    #expect(!result.isReproduced && record.document.isReproduced == false)
    #expect(record.document.outcome == .succeeded)
    #expect(record.entry.subject.hasSuffix("(not reproduced)"))
    let states = Dictionary(grouping: result.outputs, by: \.state).mapValues(\.count)
    #expect(states == [.different: 1, .identical: 1, .missing: 1, .extra: 1])
    let different = try #require(result.outputs.first { $0.state == .different })
    #expect(different.path?.hasSuffix("/stamp") == true)
    #expect(different.difference?.hasPrefix("line 1: \"\(stamp.dropLast())\", now \"") == true)
    #expect(result.standardOutput?.state == .different)
    #expect(scene.text("stamp") == stamp, "nothing changed")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: scene.laboratory.folder.path.appending("out").string)
    #expect(names.count == 1)
  }

  @Test func comparesTheExitCode() async throws {
    let scene = try await RerunScene()
    try scene.write("3", to: "code")
    let first = try await scene.run("exit $(cat code)") { $0.inputs = ["code"] }
    let (same, record) = try await scene.rerun(first.document.id)
    #expect(same.isReproduced && same.exitCode == 3)
    #expect(record.document.outcome == .failed(message: "the container ended with exit code 3"))
    try scene.write("4", to: "code")
    let (other, _) = try await scene.rerun(first.document.id)
    #expect(!other.isReproduced && other.exitCode == 4 && !other.hasInputsOfThen)
  }

  @Test func tellsOfInputsThatChanged() async throws {
    let scene = try await RerunScene()
    for name in ["a", "folder/b", "folder/c"] { try scene.write("1\n", to: name) }
    let first = try await scene.run("cat a folder/* > out") {
      ($0.inputs, $0.outputs) = (["a", "folder"], ["out"])
    }
    try scene.write("2\n", to: "folder/b")
    try scene.write("3\n", to: "folder/d")
    let plan = try await scene.plan(first.document.id)
    let survey = try await scene.survey(plan)
    let two = SHA256Digest(of: "2\n".utf8)
    #expect(
      survey.inputs.map(\.state) == [
        .same, .changed(now: two), .same, .added(now: SHA256Digest(of: "3\n".utf8)),
      ])
    #expect(survey.obstacles.isEmpty)
    let (result, _) = try await scene.rerun(first.document.id)
    #expect(!result.isReproduced && !result.hasInputsOfThen)
    #expect(scene.text("out") == "1\n2\n1\n3\n")
    let original = try await scene.survey(plan) { $0.takesOriginalInputs = true }
    #expect(original.obstacles.count == 1 && original.obstacles[0].contains("folder/b changed"))

    try FileManager.default.removeItem(atPath: scene.path("a").string)
    let before = try await scene.laboratory.records().count
    let error = await #expect(throws: SmartContainersError.self) {
      _ = try await scene.rerun(first.document.id)
    }
    #expect(error?.message.contains("\(scene.path("a")) is not there") == true)
    #expect(try await scene.laboratory.records().count == before)
  }

  @Test func takesInputsFromTheHistory() async throws {
    let scene = try await RerunScene()
    for name in ["a", "folder/b", "folder/c"] { try scene.write("\(name)\n", to: name) }
    try scene.write("#!/bin/sh\necho tool", to: "tool")
    chmod(scene.path("tool").string, 0o755)
    let first = try await scene.run("(cat a folder/*; ./tool) > out") {
      ($0.inputs, $0.outputs, $0.keepsInputs) = (["a", "folder", "tool"], ["out"], true)
    }
    let text = try #require(scene.text("out"))
    for name in ["a", "folder/b", "tool"] {
      try FileManager.default.removeItem(atPath: scene.path(name).string)
    }
    let (result, record) = try await scene.rerun(first.document.id)
    #expect(result.isReproduced && result.hasInputsOfThen && scene.text("out") == text)
    #expect(result.survey.inputs.filter(\.isTakenFromHistory).count == 3)
    #expect(
      scene.things(record.document.used, .input) == scene.things(first.document.used, .input))
    // What changed is taken as it was only when that is wanted.
    try scene.write("other\n", to: "a")
    try scene.write("new\n", to: "folder/new")
    let (changed, _) = try await scene.rerun(first.document.id) { $0.verifies = true }
    #expect(!changed.isReproduced && !changed.hasInputsOfThen)
    let (original, _) = try await scene.rerun(first.document.id) {
      ($0.verifies, $0.takesOriginalInputs) = (true, true)
    }
    #expect(original.isReproduced && original.hasInputsOfThen)
    #expect(scene.text("a") == "other\n")
    // Where the inputs were put together for the rerun, nothing is left.
    let (third, _) = try await scene.rerun(record.document.id) {
      ($0.verifies, $0.takesOriginalInputs) = (true, true)
    }
    #expect(third.isReproduced && third.hasInputsOfThen)
    try await scene.laboratory.check()
  }

  @Test func findsTheFilesInAnotherFolder() async throws {
    let scene = try await RerunScene()
    try scene.write("1\n", to: "old/in")
    try scene.write("2\n", to: "old/mounted/in")
    let first = try await scene.run(
      "cat old/in /data/in > old/out", { ($0.inputs, $0.outputs) = (["old/in"], ["old/out"]) },
      { $0.host.binds = ["\(scene.path("old/mounted")):/data:ro"] })
    try FileManager.default.moveItem(
      atPath: scene.path("old").string, toPath: scene.path("new").string)
    try scene.write("spoiled", to: "new/out")
    let (result, record) = try await scene.rerun(first.document.id) {
      $0.folder = (scene.path("old"), scene.path("new"))
    }
    #expect(result.isReproduced && scene.text("new/out") == "1\n2\n")
    #expect(!FileManager.default.fileExists(atPath: scene.path("old").string))
    let input = try #require(record.document.used.first { $0.role == .input })
    #expect(input.path == scene.path("new/in").string)
    #expect(input.containerPath == scene.path("old/in").string)
  }

  @Test func findsTheFolderOfThen() async throws {
    let scene = try await RerunScene()
    let elsewhere = try TemporaryFolder()
    let words = try elsewhere.write("a\n", to: "words").string
    try scene.write("1\n", to: "data/in")
    let first = try await scene.run("cat data/in > data/out") {
      ($0.inputs, $0.outputs) = (["data/in"], ["data/out"])
    }
    let second = try await scene.run("cat data/in \(words)") { $0.inputs = ["data/in", words] }
    let third = try await scene.run("true") { _ in }
    let folder = scene.laboratory.folder.path
    let chain = RerunChain(of: try await scene.plan(first.document.id))
    // The working folder, not only the folder of the files.
    #expect(try chain.folder(now: scene.path("copy")) == folder)
    try scene.write("1\n", to: "copy/data/in")
    #expect(try chain.folder(now: scene.path("copy")) == folder)
    // As an archive is restored.
    try scene.write("1\n", to: "restored/in")
    #expect(try chain.folder(now: scene.path("restored")) == scene.path("data"))
    // What was elsewhere still is.
    let mixed = RerunChain(of: try await scene.plan(second.document.id))
    #expect(try mixed.folder(now: scene.path("copy")) == folder)
    let none = RerunChain(of: try await scene.plan(third.document.id))
    #expect(throws: SmartContainersError.self) { _ = try none.folder(now: folder) }
  }

  @Test func needsTheFoldersThatItMounted() async throws {
    let scene = try await RerunScene()
    try scene.write("1\n", to: "data/in")
    try scene.write("2\n", to: "long/in")
    let long: JSONValue = [
      "Type": "bind", "Source": .string(scene.path("long").string), "Target": "/long",
    ]
    let first = try await scene.run("cat /data/in /long/in", { _ in }) {
      $0.host.binds = ["\(scene.path("data")):/data:ro"]
      $0.host.mounts = [long]
    }
    #expect(try await scene.rerun(first.document.id).result.isReproduced)
    for name in ["data", "long"] {
      try FileManager.default.removeItem(atPath: scene.path(name).string)
    }
    let before = try await scene.laboratory.records().count
    let error = await #expect(throws: SmartContainersError.self) {
      _ = try await scene.rerun(first.document.id)
    }
    for name in ["data", "long"] {
      let word = "the folder \(scene.path(name)) that the run mounted is not there"
      #expect(error?.message.contains(word) == true)
      #expect(!FileManager.default.fileExists(atPath: scene.path(name).string))
    }
    #expect(try await scene.laboratory.records().count == before)
    let reader = try await HistoryReader.open(scene.laboratory.places)
    let plan = try await scene.plan(first.document.id)
    #expect(try await reader.survey(plan, on: nil, seesFiles: false).obstacles == [])
  }

  @Test func readsItsStandardInputAgain() async throws {
    let scene = try await RerunScene()
    let first = try await scene.run("sort", input: "b\na\n", { _ in })
    await #expect(throws: SmartContainersError.self) {
      _ = try await scene.rerun(first.document.id)
    }
    let (same, _) = try await scene.rerun(first.document.id, input: "b\na\n")
    #expect(same.isReproduced && same.hasInputsOfThen)
    let (other, _) = try await scene.rerun(first.document.id, input: "c\n")
    #expect(!other.isReproduced && !other.hasInputsOfThen)
    #expect(other.standardInput?.state == .different)
  }

  @Test func takesWhatIsHiddenFromTheEnvironment() async throws {
    let scene = try await RerunScene()
    let secret = "xK9-planted-2b7Qz1"
    let first = try await scene.run(
      "echo $DB_PASSWORD $1 | md5sum", { _ in },
      { specification in
        specification.environment = ["DB_PASSWORD=\(secret)", "API_TOKEN=t0k3n-V4lue-99"]
        specification.command = (specification.command ?? []) + ["sh", secret]
      })
    #expect(first.json.text().contains(secret) == false)
    let error = await #expect(throws: SmartContainersError.self) {
      _ = try await scene.rerun(first.document.id)
    }
    #expect(error?.message.contains("set DB_PASSWORD, API_TOKEN in the environment") == true)
    let given = ["DB_PASSWORD": secret, "API_TOKEN": "t0k3n-V4lue-99"]
    let (result, record) = try await scene.rerun(first.document.id) { $0.environment = given }
    #expect(result.isReproduced && result.survey.notes.isEmpty)
    #expect(record.json.text().contains(secret) == false)
    let (other, _) = try await scene.rerun(first.document.id) {
      $0.environment = given.merging(["DB_PASSWORD": "another-Pa55word"]) { $1 }
    }
    #expect(!other.isReproduced)
    #expect(other.survey.notes == ["DB_PASSWORD has another value than then"])
  }

  @Test func refusesWhatIsHiddenWithoutAName() async throws {
    let scene = try await RerunScene()
    let first = try await scene.run(
      "true", { _ in },
      { $0.command = ["sh", "-c", "true", "sh", "--password", "xK9-planted-2b7Qz1"] })
    let survey = try await scene.survey(try await scene.plan(first.document.id))
    #expect(survey.obstacles == ["the record hides a secret in Cmd 6"])
  }

  @Test func saysWhyItCannotBe() async throws {
    let scene = try await RerunScene()
    let created = try await scene.laboratory.record { client in
      let id = try await client.engine.createContainer(
        ContainerSpecification(scene.image, "true")
      ).id
      try await Client.openEngine(scene.laboratory.places).removeContainer(id)
    }
    let failed = try await scene.laboratory.record { client in
      await #expect(throws: RunFailure.self) {
        _ = try await client.run(
          ContainerSpecification("no-such-image:1", "true"), onOutput: { _ in })
      }
    }
    for (id, word) in [(created.document.id, "is no run"), (failed.document.id, "never ran")] {
      let error = await #expect(throws: SmartContainersError.self) {
        _ = try await scene.plan(id)
      }
      #expect(error?.message.contains(word) == true)
    }
  }

  @Test func needsTheImageOfThen() async throws {
    let scene = try await RerunScene()
    let plain = try await Client.openEngine(scene.laboratory.places)
    let name = scene.laboratory.name("moved")
    try await plain.tagImage(scene.image, repository: name, tag: "1")
    let first = try await scene.run("true", image: "\(name):1") { _ in }
    var plan = try await scene.plan(first.document.id)
    #expect(try await RerunImage.find(plan.image, on: plain) == .here("\(name):1"))
    try await plain.removeImage("\(name):1")
    #expect(
      try await RerunImage.find(plan.image, on: plain)
        == .here(plan.image.identity.description))
    let other = try await scene.laboratory.engine.image("other")
    try await plain.tagImage(other, repository: name, tag: "1")
    // As if the engine had it no more.
    let layers = plan.image.layers
    plan.image = RerunPlan.Image(
      identity: SHA256Digest(of: "gone".utf8), names: plan.image.names,
      layers: [SHA256Digest(of: "gone".utf8)], repositoryDigests: [])
    #expect(try await RerunImage.find(plan.image, on: plain) == .absent)
    let survey = try await scene.survey(plan)
    #expect(survey.obstacles.first?.contains("is not here") == true)
    plan.image = RerunPlan.Image(
      identity: SHA256Digest(of: "gone".utf8), names: [scene.image], layers: layers,
      repositoryDigests: [])
    #expect(try await RerunImage.find(plan.image, on: plain) == .similar(scene.image))
    try await plain.removeImage("\(name):1")
  }

  @Test(
    .enabled(if: TestRegistry.isAvailable, "no registry can be started here"),
    .needs(.digestsOfPushes))
  func pullsTheImageOfThen() async throws {
    let registry = try await TestRegistry.shared()
    let repository = registry.repository("rerun")
    let credentials = RegistryCredentials(
      server: registry.address, user: registry.user, password: registry.password)
    let scene = try await RerunScene()
    let plain = try await Client.openEngine(scene.laboratory.places)
    let name = repository + ":1"
    let made = try await plain.createContainer(ContainerSpecification(scene.image, "true")).id
    var commit = CommitOptions()
    (commit.repository, commit.tag) = (repository, "1")
    _ = try await plain.commitContainer(made, options: commit)
    try await plain.removeContainer(made)
    try await plain.pushImage(repository, tag: "1", credentials: credentials)
    let first = try await scene.run("echo 1", image: name) { _ in }
    try await plain.removeImage(name)
    let plan = try await scene.plan(first.document.id)
    let digest = try #require(plan.image.repositoryDigests.first)
    #expect(digest.hasPrefix(repository + "@sha256:"))
    let refused = try await scene.survey(plan) { $0.pulling = ImagePulling(.never) }
    #expect(refused.image == .pullable(digest) && refused.obstacles.count == 1)
    let (result, record) = try await scene.rerun(first.document.id) {
      $0.pulling = ImagePulling(.missing, credentials: { _ in credentials })
    }
    #expect(result.isReproduced)
    #expect(record.document.parts.map(\.operation).first == "image.pull")
    try await plain.removeImage(digest)
  }

  @Test func followsAChain() async throws {
    let scene = try await RerunScene()
    try scene.write("1\n", to: "in")
    let start = try await scene.run("true") { _ in }
    let first = try await scene.run(
      "cat in in > middle; cat /proc/sys/kernel/random/uuid >> middle"
    ) {
      ($0.inputs, $0.outputs) = (["in"], ["middle"])
    }
    _ = try await scene.laboratory.record { client in
      try await client.engine.tagImage(scene.image, repository: "chain", tag: "1")
    }
    let second = try await scene.run("cat middle > out") {
      ($0.inputs, $0.outputs) = (["middle"], ["out"])
    }
    try await Client.openEngine(scene.laboratory.places).removeImage("chain:1")
    var filter = LogFilter()
    filter.excluding = start.document.id.description
    let reader = try await HistoryReader.open(scene.laboratory.places)
    var chain = try await reader.rerunChain(filter)
    #expect(chain.plans.map(\.activity) == [first.document.id, second.document.id])
    #expect(chain.otherOperationCount == 1 && chain.notes.isEmpty)
    for plan in chain.plans {
      let options = chain.options(RerunOptions())
      let client = try await Client.open(scene.laboratory.places)
      let survey = try await client.survey(plan, options)
      let result = try await client.rerun(survey, options)
      try client.finish()
      #expect(!result.isReproduced)
      chain.add(result, options)
      guard plan.activity == second.document.id else { continue }
      #expect(survey.inputs.map(\.madeAgainBy) == [first.document.id])
    }
  }

  @Test func isSettledWhenItWasKilled() async throws {
    let scene = try await RerunScene()
    let first = try await scene.run("echo ready >&2; sleep 1") { _ in }
    let variables = [
      "SC_DIR": scene.laboratory.history.string, "HOME": scene.path("home").string,
      "PATH": "/usr/bin:/bin",
    ].merging(scene.laboratory.engine.variables) { $1 }
    let running = try RunningCommand(
      [try Project.executable("sc").string, "rerun", "\(first.document.id)"],
      environment: variables, in: scene.laboratory.folder.path, timeLimit: .seconds(120))
    running.closeInput()
    _ = try await running.error { $0.contains("ready") }
    running.signal(SIGKILL)
    _ = try await running.result()
    #expect(try scene.laboratory.journal().count == 1)
    let client = try await Client.open(scene.laboratory.places)
    #expect(client.settlement?.contains("recorded 1") == true)
    let record = try #require(try await scene.laboratory.records().last)
    #expect(record.document.operation == "rerun")
    #expect(record.document.repeats == first.document.id)
    #expect(record.document.isReproduced == nil)
    guard case .unknown = record.document.outcome else {
      Issue.record("\(record.document.outcome)")
      return
    }
    if let id = record.container {
      try? await Client.openEngine(scene.laboratory.places).removeContainer(id, force: true)
    }
    try await scene.laboratory.check()
  }
}
