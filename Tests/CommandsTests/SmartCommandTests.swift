import Canonical
import Foundation
import TestSupport
import Testing

/// Labels, infection and entry points, as a user has them.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct SmartCommandTests {
  private let engine: TestEngine
  private let bench: Workbench

  init() async throws {
    engine = try await .shared()
    bench = try await Workbench(engine: engine)
  }

  /// What an image gives to its containers, but for the label.
  private func configuration(_ image: String) async throws -> [String: JSONValue] {
    let answer = try await bench.json("image", "inspect", image)
    var members = answer.array?.first?["Config"]?.object ?? [:]
    var labels = members["Labels"]?.object ?? [:]
    labels["smartcontainer"] = nil
    members["Labels"] = labels.isEmpty ? nil : .object(labels)
    // No entry point and one without words are the same.
    return members.filter { name, value in
      value != .null && value.array?.isEmpty != true && value != "" && value != .object([:])
        && name != "Labels" || name == "Labels" && !labels.isEmpty
    }
  }

  /// An image of the files of a folder, made by a Dockerfile.
  private func image(_ name: String, _ dockerfile: String) async throws -> String {
    let name = Workbench.name(name) + ":1"
    try bench.folder.write(dockerfile, to: "context/Dockerfile")
    try bench.folder.write("1 2 3\n", to: "context/data.txt")
    let built = try await bench.sc(
      "image", "build", "-q", "-t", name, "context", variables: ["DOCKER_BUILDKIT": "0"])
    try #require(built.status == 0, "\(built.error)")
    return name
  }

  /// Holds that no container is left of those that the operations of this history made for
  /// themselves.
  private func expectNoTransientContainer() async throws {
    let activities = try await bench.check("log", "--format", "%(activity)").split(separator: "\n")
    #expect(!activities.isEmpty)
    for activity in activities {
      let found = try await bench.sc("container", "inspect", "smartcontainers-\(activity)")
      #expect(found.status == 1)
    }
  }

  private func file(_ path: String, of image: String) async throws -> JSONValue {
    let container = try await bench.check("container", "create", image, "/nothing")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try await bench.check("container", "cp", "\(container):\(path)", "copied")
    try await bench.check("container", "rm", container)
    let text = try String(
      contentsOfFile: bench.folder.path.appending("copied").string, encoding: .utf8)
    return try JSONValue(parsing: Array(text.utf8))
  }

  /// The operations that the history in an image tells of, in order.
  private func operations(_ image: String) async throws -> [String] {
    let term = "https://w3id.org/daspos/computationalactivity#operation"
    let part = "http://purl.org/dc/terms/hasPart"
    return try await file("/SmartContainer/SCProv.jsonld", of: image).array?.flatMap { bundle in
      let nodes = (bundle["@graph"]?.array ?? []).filter { $0[term] != nil }
      let whole = nodes.filter { $0[part] != nil }
      return (whole.isEmpty ? nodes : whole).compactMap {
        $0[term]?.array?.first?["@value"]?.string
      }
    } ?? []
  }

  @Test(.needs(.untouchedConfiguration))
  func anImageKeepsItsConfiguration() async throws {
    let rich = try await image(
      "rich",
      """
      FROM \(engine.image())
      USER 1000:1000
      WORKDIR /work
      ENTRYPOINT ["/bin/sh", "-c"]
      CMD ["echo hi"]
      EXPOSE 80 443/tcp
      VOLUME /data
      HEALTHCHECK --interval=5s CMD true
      ENV A=1 B=2
      ONBUILD RUN true
      SHELL ["/bin/sh", "-ec"]
      STOPSIGNAL SIGINT
      LABEL x=y
      """)
    let empty = try await image("empty", "FROM scratch\nCOPY data.txt /\n")
    try bench.folder.write(#"{"http://schema.org/name":"tool"}"#, to: "about.jsonld")
    for image in [rich, empty] {
      let (labelled, smart) = (Workbench.name("labelled"), Workbench.name("smart"))
      try await bench.check("label", "put", "--tag", labelled, image, "about.jsonld")
      try await bench.check("infect", "--tag", smart, labelled)
      #expect(try await configuration(labelled) == configuration(image))
      #expect(try await configuration(smart) == configuration(image))
      try await expectNoTransientContainer()
      let label = try await bench.check("label", "get", labelled)
      #expect(label == "{\"http://schema.org/name\":\"tool\"}\n")
      let layers = try await [image, labelled, smart].asyncMap { name in
        try await bench.json("image", "inspect", name).array?.first?["RootFS"]?["Layers"]?.array
          ?? []
      }
      #expect(layers[0] == layers[1] && layers[2].count == layers[0].count + 1)
      // What a user put there stays beside what sc says.
      let turtle = try await bench.check("label", "get", "--format", "turtle", smart)
      #expect(turtle.contains("sc:SmartImage") && turtle.contains("\"tool\""))
    }
    #expect(try await bench.fsck() == "")
  }

  @Test func anImageIsInfectedOnce() async throws {
    let image = try await engine.image()
    let (smart, again) = (Workbench.name("smart") + ":1", Workbench.name("again") + ":1")
    let first = try await bench.sc("infect", "--tag", smart, image)
    try #require(first.status == 0, "\(first.error)")
    let second = try await bench.sc("infect", "--tag", again, smart)
    #expect(second.status == 0 && second.output == first.output)
    #expect(second.error == "sc: \(smart) is a smart image already\n")
    let log = try await bench.check("log", "--format", "%(operation)", "--reverse")
    #expect(log == "infect\nimage.tag\n")
    // What is built from it stays smart, and its record names the parent.
    let child = try await self.image("child", "FROM \(smart)\nCOPY data.txt /\n")
    #expect(try await bench.sc("infect", child).error.contains("is a smart image already"))
    let record = try await bench.check("show", "--json", child)
    let digest = first.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(record.contains("\"docker:imageID\": \"\(digest)\""))
  }

  @Test func theHistoryGoesOnWithEveryCommit() async throws {
    let image = try await image("tool", "FROM \(engine.image())\nCOPY data.txt /\n")
    let (smart, next) = (Workbench.name("smart") + ":1", Workbench.name("next") + ":1")
    try await bench.check("infect", "--tag", smart, image)
    #expect(try await operations(smart) == ["image.build"])
    let name = Workbench.name("working")
    // Its command fails, and left something all the same.
    _ = try await bench.sc("run", "--name", name, smart, "sh", "-c", "echo 6 > /result; exit 3")
    try await bench.check("container", "commit", name, next)
    #expect(try await operations(next) == ["image.build", "infect", "run"])
    // Nothing of what was only read, and what was mounted is not the image's.
    try await bench.check("container", "cp", "\(name):/result", "result")
    let last = Workbench.name("last") + ":1"
    try await bench.check("run", "--name", name + "-2", next, "true")
    let infected = try await bench.sc("infect", "--tag", last, name + "-2")
    #expect(infected.status == 0 && infected.error.isEmpty, "\(infected.error)")
    #expect(
      try await operations(last) == ["image.build", "infect", "run", "commit", "run"])
    let entries = try await file("/SmartContainer/SCEntry.jsonld", of: last)
    #expect(entries["@type"] == "hydra:ApiDocumentation")
    for container in [name, name + "-2"] { try await bench.check("container", "rm", container) }
  }

  @Test func aContainerIsInfectedByACommit() async throws {
    let (image, name) = (try await engine.image(), Workbench.name("plain"))
    try await bench.check("container", "create", "--name", name, image, "true")
    let (one, two) = (Workbench.name("one") + ":1", Workbench.name("two") + ":1")
    try await bench.check("infect", "--tag", one, name)
    // Its labels are as they were, and its folder is ours.
    let put = try await bench.sc("label", "put", name, "-", input: "{}")
    #expect(put.status == 2 && put.error.contains("--commit"))
    try await bench.check("container", "commit", "--infect", name, two)
    #expect(try await operations(two) == ["container.create", "infect"])
    let three = try await bench.sc("label", "put", "--commit", name, "-", input: "{}")
    #expect(three.status == 0, "\(three.error)")
    try await bench.check("container", "rm", name)
  }

  @Test func whatIsBuiltIsInfectedOnTheWay() async throws {
    let names = [Workbench.name("built") + ":1", Workbench.name("built") + ":2"]
    try bench.folder.write("FROM \(try await engine.image())\nCOPY x /\n", to: "source/Dockerfile")
    try bench.folder.write("x", to: "source/x")
    let built = try await bench.sc(
      "image", "build", "-q", "--infect", "-t", names[0], "-t", names[1], "source")
    try #require(built.status == 0, "\(built.error)")
    for name in names {
      let infected = try await bench.sc("infect", name)
      #expect(infected.output == built.output && infected.error.contains("smart image already"))
    }
    #expect(try await operations(names[0]) == ["image.build"])
    // What is built from a smart image tells that it was.
    try bench.folder.write("FROM \(names[0])\nCOPY x /y\n", to: "source/Dockerfile")
    let next = Workbench.name("next") + ":1"
    let told = try await bench.sc("image", "build", "--infect", "-t", next, "source")
    #expect(told.output.contains("Successfully infected sha256:"), "\(told.error)")
    #expect(told.output.contains("Successfully tagged \(next)"))
    #expect(
      try await operations(next) == ["image.build", "infect", "image.tag", "image.build"])
    #expect(
      try await bench.check("label", "get", next) != bench.check("label", "get", names[0]))
  }

  /// The history lies in the folder that is built from, and has the key of its secrets.
  @Test(arguments: ["0", "1"])
  func theHistoryStaysOutOfImages(_ builder: String) async throws {
    let name = Workbench.name("context") + ":1"
    try bench.folder.write("FROM \(try await engine.image())\nCOPY . /context\n", to: "Dockerfile")
    try bench.folder.write("!.sc\nhome\n", to: ".dockerignore")
    guard builder == "0" || EngineKind.current != .podman else { return }
    let built = try await bench.sc(
      "image", "build", "-q", "-t", name, ".", variables: ["DOCKER_BUILDKIT": builder])
    try #require(built.status == 0, "\(built.error)")
    let found = try await bench.check("run", "--rm", name, "find", "/context")
    #expect(found.contains("/context/Dockerfile") && !found.contains(".sc"))
  }

  @Test func nothingIsLeftOfAnInfectionThatFails() async throws {
    let foreign = try await image("foreign", "FROM \(engine.image())\nRUN mkdir /SmartContainer\n")
    let tag = Workbench.name("never") + ":1"
    let refused = try await bench.sc("infect", "--tag", tag, foreign)
    #expect(refused.status == 1)
    #expect(refused.error.contains("there is a /SmartContainer in \(foreign) already"))
    try await expectNoTransientContainer()
    #expect(try await bench.sc("image", "inspect", tag).status == 1)

    let name = Workbench.name("closed")
    try await bench.check(
      "container", "create", "--read-only", "--name", name, try await engine.image(), "true")
    // Nothing can be extracted into it, and so it is committed first.
    let closed = try await bench.sc("infect", "--tag", Workbench.name("open") + ":1", name)
    #expect(closed.status == 0, "\(closed.error)")
    try await expectNoTransientContainer()
    try await bench.check("container", "rm", name)
    let gone = try await bench.sc("infect", name)
    #expect(gone.status == 1 && gone.error.contains("no container and no image \(name)"))
    let failed = try await bench.check("log", "--outcome", "failed", "--format", "%(operation)")
    #expect(failed.hasSuffix("infect\n"))
  }

  /// Documents that somebody hands in.
  private static let hostile: [(name: String, text: @Sendable () -> String, message: String)] = [
    ("no JSON", { "{\"a\":1," }, "document: invalid JSON"),
    ("no JSON-LD", { #"{"@id":[1]}"# }, "document: invalid @id value at /@id"),
    ("a number", { "5" }, "A document is an object or an array"),
    ("duplicate keys", { #"{"a":1,"a":2}"# }, "document: invalid JSON at /a"),
    (
      "deep",
      { String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000) },
      "limit exceeded"
    ),
    (
      "large", { "{\"http://a\":\"" + String(repeating: "x", count: 50 << 20) + "\"}" },
      "larger than"
    ),
    ("remote", { #"{"@context":"https://example.org/c"}"# }, "context.remote=allowed"),
  ]

  @Test(arguments: hostile.indices)
  func whatIsNoDocumentIsRefusedBeforeAnythingIsDone(_ index: Int) async throws {
    let image = try await engine.image()
    let (name, text, message) = Self.hostile[index]
    try bench.folder.write(text(), to: "document.jsonld")
    for line in ["label put \(image) document.jsonld", "label put \(image) - < document.jsonld"] {
      let refused = try await bench.shell("sc \(line)")
      #expect(refused.status == 2 && refused.output.isEmpty, "\(name): \(refused.error)")
      #expect(refused.error.contains(message), "\(name): \(refused.error)")
    }
    #expect(try await bench.check("log").isEmpty)
  }

  /// The original took all white space out of its label, also out of literals.
  private static let original =
    #"{"@context":{"dc":"http://purl.org/dc/terms","prov":"http://www.w3.org/ns/prov#"},"#
    + #""@graph":[{"@id":"urn:uuid:6a0","@type":["prov:Entity","http://w3id.org/daspos/docker#Entity"],"#
    + #""http://w3id.org/daspos/docker#hasImageID":"ImageIDString"}]}"#

  @Test func whatTheOriginalWroteIsRead() async throws {
    // Podman takes what is between the quotes word for word.
    let label =
      EngineKind.current == .podman
      ? Self.original : Self.original.replacing("\"", with: "\\\"")
    let image = try await engine.image(
      "original", changes: ["LABEL smartcontainer=\"\(label)\""])
    #expect(try await bench.check("label", "get", image) == Self.original + "\n")
    let turtle = try await bench.check("label", "get", "--format", "turtle", image)
    #expect(turtle.contains("prov:Entity"))
    #expect(try await bench.sc("infect", image).error.contains("is a smart image already"))
    // Its history is documents one behind the other.
    let (name, next) = (Workbench.name("old"), Workbench.name("next") + ":1")
    try await bench.check("container", "create", "--name", name, image, "true")
    try bench.folder.write(Self.original + Self.original, to: "SmartContainer/SCProv.jsonld")
    try await bench.check("container", "cp", "SmartContainer", "\(name):/")
    try await bench.check("container", "commit", name, next)
    let history = try await file("/SmartContainer/SCProv.jsonld", of: next).array ?? []
    #expect(history.count == 4)
    #expect(history.prefix(2).allSatisfy { $0["@context"]?["dc"] != nil })
    try await bench.check("container", "rm", name)
  }

  @Test func tellsTheWaysIntoContainersAndImages() async throws {
    let image = try await engine.image(
      "entries", changes: ["EXPOSE 80", "EXPOSE 443", "VOLUME /vol", "EXPOSE 53/udp"])
    let name = Workbench.name("entries")
    try await bench.check(
      "container", "create", "--name", name, "-p", "127.0.0.1:18080:80", "--tmpfs", "/scratch",
      "--label", "smartcontainers.entry.http=443=https:/api",
      "--label", "smartcontainers.entry.folders=/etc", image, "sleep", "600")
    let ofImage = try await bench.json("entry", "--format", "jsonld", image)
    #expect(ofImage["@type"] == "hydra:ApiDocumentation")
    func rows() async throws -> [String] {
      try await bench.check("entry", name).split(separator: "\n").map(String.init)
    }
    let created = try await rows()
    #expect(created.contains { $0.hasPrefix("http ") && $0.contains("http://127.0.0.1:18080/") })
    #expect(created.contains { $0.hasPrefix("https ") && $0.contains(" 443 ") })
    #expect(created.contains { $0.contains("sc container cp \(name):/vol -") })
    #expect(created.contains { $0.hasPrefix("declared") && $0.contains("/etc") })
    #expect(created.contains { $0.hasPrefix("temporary") && $0.contains("/scratch") })
    #expect(!created.contains { $0.contains(" 53 ") })
    try await bench.check("container", "start", name)
    #expect(try await rows() == created)
    try await bench.check("container", "stop", "-t", "0", name)
    #expect(try await rows() == created)
    // The last archive that left it is known.
    let archive = try await bench.shell("sc container cp \(name):/etc - | sha256sum | cut -c-12")
    let digest = archive.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await rows().contains { $0.hasPrefix("declared") && $0.hasSuffix(digest) })
    let wrong = try await bench.sc("--set", "entry.folders=etc", "entry", name)
    #expect(wrong.status == 2 && wrong.error.contains("no absolute path"))
    try await bench.check("container", "rm", name)
  }
}

extension Array {
  fileprivate func asyncMap<Result>(
    _ transform: (Element) async throws -> Result
  ) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
