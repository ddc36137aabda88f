import Canonical
import HTTP
import Testing

@testable import DockerEngine

/// Answers in the form that podman 4.3 gives them, and in the form that dockerd would.
struct EngineDialectTests {
  private let id = String(repeating: "0f", count: 32)

  @Test func knowsAnEngineByItsGreeting() {
    #expect(EngineDialect.of(greeting: ["Libpod-Api-Version": "4.3.1"]) == .podman)
    #expect(EngineDialect.of(greeting: ["Server": "Docker/20.10.24 (linux)"]) == .dockerd)
    #expect(EngineDialect.of(product: "podman") == .podman)
    #expect(EngineDialect.dockerd.differences.isEmpty)
  }

  @Test func leavesTheAnswersOfDockerdAlone() {
    let answer: JSONValue = ["RepoTags": ["docker.io/library/tool:1"]]
    #expect(EngineDialect.dockerd.answer(answer, to: RouteTable.imageInspect) == answer)
  }

  @Test func shortensNamesAndCompletesIDs() {
    #expect(
      EngineDialect.podman.answer(
        ["RepoTags": ["docker.io/library/tool:1", "localhost/tool:1"]],
        to: RouteTable.imageInspect)
        == ["RepoTags": ["tool:1", "localhost/tool:1"]])
    #expect(
      EngineDialect.podman.answer(["Id": .string(id)], to: RouteTable.containerCommit)
        == ["Id": .string("sha256:" + id)])
  }

  @Test func readsTheDigestOfAPush() {
    let digest = "sha256:" + id
    let line = EngineDialect.podman.answer(
      ["status": .string("1: digest: \(digest) size: 427")], to: RouteTable.imagePush)
    #expect(line["aux"] == ["Tag": "1", "Digest": .string(digest)])
    let other: JSONValue = ["status": "Copying blob done"]
    #expect(EngineDialect.podman.answer(other, to: RouteTable.imagePush) == other)
  }

  @Test func readsTheExitCodeOfAStep() {
    let words = #"building at STEP "RUN exit 7": while running runtime: exit status 7"#
    func told(_ message: String) -> JSONValue {
      ["error": .string(message), "errorDetail": ["message": .string(message)]]
    }
    let line = EngineDialect.podman.answer(told(words + "\n"), to: RouteTable.imageBuild)
    #expect(line["errorDetail"] == ["message": .string(words), "code": 7])
    let other = EngineDialect.podman.answer(
      told(#"building at STEP "COPY a /": exit status 7 is not there"#), to: RouteTable.imageBuild)
    #expect(other["errorDetail"]?["code"] == nil)
    #expect(
      EngineDialect.dockerd.answer(told(words), to: RouteTable.imageBuild) == told(words))
  }

  @Test func translatesEvents() {
    let event = EngineDialect.podman.answer(
      [
        "Type": "image", "Action": "remove",
        "Actor": ["ID": .string(id), "Attributes": ["name": "docker.io/library/tool:1"]],
      ], to: RouteTable.events)
    #expect(event["Action"] == "delete")
    #expect(event["Actor"]?["ID"]?.string == "sha256:" + id)
    #expect(event["Actor"]?["Attributes"]?["name"] == "tool:1")
  }

  @Test func putsProcessesInColumns() {
    let table = EngineDialect.podman.answer(
      ["Titles": ["PID   USER     COMMAND"], "Processes": [["    1 root     sleep 600"]]],
      to: RouteTable.containerTop)
    #expect(
      table == [
        "Titles": ["PID", "USER", "COMMAND"], "Processes": [["1", "root", "sleep 600"]],
      ])
  }

  @Test func tellsRefusalsFromFaults() {
    let podman = EngineDialect.podman
    #expect(podman.status(500, of: ["cause": "container state improper"]) == 409)
    #expect(podman.status(500, of: ["cause": "image not known"]) == 404)
    #expect(podman.status(500, of: ["cause": "network is being used"]) == 403)
    #expect(podman.status(500, of: ["cause": "invalid argument"]) == 400)
    #expect(podman.status(500, of: ["cause": "disk full"]) == 500)
    #expect(EngineDialect.dockerd.status(500, of: ["cause": "image not known"]) == 500)
  }

  @Test func turnsTheBodyOfACommitIntoInstructions() {
    let configuration: JSONValue = ["Labels": ["a": #"say "$x" \"#], "Entrypoint": []]
    let instructions = EngineDialect.podman.instructions(for: configuration)
    #expect(instructions == [#"LABEL "a"="say "$x" \""#, "ENTRYPOINT []"])
    let labels = EngineDialect.podman.labels(ofInstruction: instructions[0])
    #expect(labels.map { [$0.name, $0.value] } == [["a", #"say "$x" \"#]])
    #expect(EngineDialect.dockerd.instructions(for: configuration).isEmpty)
  }

  @Test func leavesOutTheOutputThatNobodyAskedFor() {
    var options = AttachOptions()
    #expect(EngineDialect.podman.outputs(omittedBy: options).isEmpty)
    options.passesStandardOutput = false
    #expect(EngineDialect.podman.outputs(omittedBy: options) == [.standardOutput])
    #expect(EngineDialect.dockerd.outputs(omittedBy: options).isEmpty)
    options.hasTerminal = true
    #expect(EngineDialect.podman.outputs(omittedBy: options).isEmpty)
  }

  @Test func sameEngineHasTheSameIdentity() {
    let info: JSONValue = ["ID": "one", "Name": "host", "DockerRootDir": "/var/lib/containers"]
    let again: JSONValue = ["ID": "other", "Name": "host", "DockerRootDir": "/var/lib/containers"]
    let elsewhere: JSONValue = ["ID": "one", "Name": "host", "DockerRootDir": "/srv"]
    let podman = EngineDialect.podman
    #expect(podman.identity(in: info) == podman.identity(in: again))
    #expect(podman.identity(in: info) != podman.identity(in: elsewhere))
    #expect(EngineDialect.dockerd.identity(in: info) == "one")
  }
}
