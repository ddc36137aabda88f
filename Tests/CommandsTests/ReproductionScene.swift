import Canonical
import Foundation
import TestSupport
import Testing

/// A container that comes, goes, and comes again from what the history has of it.
final class ReproductionScene: Sendable {
  let bench: Workbench
  let image: String
  let name = Workbench.name("again")
  let network = Workbench.name("network")
  let volumes = Workbench.name("volumes")
  private let engine: TestEngine

  /// - Parameter changes: Instructions for the image.
  init(changes: [String] = []) async throws {
    engine = try await TestEngine.shared()
    bench = try await Workbench(engine: engine)
    image = try await engine.image("again", changes: changes)
    try bench.folder.write("# comment\nFROMFILE=1\n\nWITH=a=b c\nHOME\nNO\n", to: "variables")
    try bench.folder.write("lf=1\nlg\n", to: "labels")
    try bench.folder.write(
      "{ \"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [] }\n", to: "profile")
    try await bench.check("network", "create", network)
    try await docker(["run", "-d", "--name", volumes, "-v", "/anon", image, "sleep", "600"])
  }

  /// Removes what is left.
  func end() async throws {
    try await docker(["rm", "--force", "--volumes", volumes])
    try await docker(["network", "rm", network])
  }

  @discardableResult
  func docker(_ arguments: [String]) async throws -> String {
    let result = try await bench.run(["docker"] + arguments)
    try #require(result.status == 0, "\(arguments): \(result.error)")
    return result.output
  }

  /// Creates a container with those flags, removes it, and expects that each form gives an equal one.
  ///
  /// - Parameters:
  ///   - values: What was redacted.
  ///   - change: What is done with the container once it is there.
  func expectAgain(
    _ flags: [String], _ command: [String], supplying values: [String: String] = [:],
    then change: (_ name: String) async throws -> Void = { _ in }
  ) async throws {
    let flags = flags.map {
      $0.replacingOccurrences(of: "NETWORK", with: network)
        .replacingOccurrences(of: "VOLUMES", with: volumes)
    }
    let created = try await bench.run(
      [try Project.executable("sc").string, "container", "create", "--name", name] + flags + [image]
        + command)
    try #require(created.status == 0, "\(created.error)")
    try await change(name)
    let expected = try await fields()
    try await bench.check("container", "rm", "--volumes", name)
    for form in ["run", "api", "script"] {
      try await reproduce(as: form, values)
      let found = try await fields()
      for field in Set(expected.keys).union(found.keys).sorted() {
        #expect(found[field] == expected[field], "\(form): \(field)")
      }
      try await docker(["rm", "--force", "--volumes", name])
    }
    try await expectComposeFile(supplying: values)
  }

  private func fields() async throws -> [String: String] {
    let id = try await docker(["inspect", "--format", "{{.Id}}", name])
      .trimmingCharacters(in: .newlines)
    // Engines add the short id to the aliases of a network that is joined later.
    return try await ContainerFields.of(id, bench).mapValues {
      $0.replacingOccurrences(of: id.prefix(12), with: "ID")
    }
  }

  /// What the history says of the container in a form, without any engine.
  func written(as form: String) async throws -> Command.Result {
    let result = try await bench.sc(
      "show", name, "--as", form, variables: ["DOCKER_HOST": "unix:///nonexistent/docker.sock"])
    try #require(result.status == 0, "\(result.error)")
    let hidden = result.output.unicodeScalars.filter {
      $0 != "\n" && [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
    }
    #expect(hidden.isEmpty, "\(form): \(hidden)")
    return result
  }

  /// Runs what the history says.
  func reproduce(as form: String, _ values: [String: String]) async throws {
    let written = try await written(as: form)
    #expect(!written.error.contains("not sayable"), "\(written.error)")
    guard form == "api" else {
      let file = try bench.folder.write(written.output, to: "again.sh")
      let checked = try await bench.run(["sh", "-n", file.string])
      #expect(checked.status == 0, "\(checked.error)")
      if form == "script", Self.hasShellCheck {
        let found = try await bench.run(["shellcheck", file.string])
        #expect(found.status == 0, "\(found.output)")
      }
      let done = try await bench.run(["sh", file.string], variables: values)
      try #require(done.status == 0, "\(form): \(done.error)\n\(written.output)")
      return
    }
    for request in try #require(try JSONValue(parsing: written.outputBytes).array) {
      let body = try fill(#require(request["body"]), with: values)
      let answer = try await bench.run(
        [
          "curl", "--silent", "--show-error", "--fail-with-body", "--unix-socket",
          engine.socket.string, "--header", "Content-Type: application/json", "--request",
          request["method"]?.string ?? "", "--data-binary", "@-",
          "http://engine" + (request["path"]?.string ?? ""),
        ], input: body.text())
      try #require(answer.status == 0, "\(answer.output) \(answer.error)\n\(written.output)")
    }
  }

  private static let hasShellCheck = FileManager.default.isExecutableFile(
    atPath: "/usr/bin/shellcheck")

  private func fill(_ json: JSONValue, with values: [String: String]) -> JSONValue {
    switch json {
    case .string(let text):
      .string(
        values.reduce(text) { $0.replacingOccurrences(of: "${\($1.key)}", with: $1.value) })
    case .array(let elements): .array(elements.map { fill($0, with: values) })
    case .object(let members): .object(members.mapValues { fill($0, with: values) })
    default: json
    }
  }

  /// The namespace of control groups that the engine gives a container by itself.
  func cgroups() async throws -> String {
    try await docker(["inspect", "--format", "{{.HostConfig.CgroupnsMode}}", volumes])
      .trimmingCharacters(in: .newlines)
  }

  /// What the engine shows of a network, but for what names the one.
  func network(_ name: String) async throws -> JSONValue {
    let text = try await docker(["network", "inspect", name])
    var members = try #require(try JSONValue(parsing: text).array?.first?.object)
    for member in ["Id", "Created", "Containers"] { members[member] = nil }
    // Null and empty mean the same.
    var addresses = members["IPAM"]?.object ?? [:]
    if addresses["Options"] == .null { addresses["Options"] = [:] }
    members["IPAM"] = .object(addresses)
    var labels = members["Labels"]?.object ?? [:]
    labels["smartcontainers.activity"] = nil
    members["Labels"] = .object(labels)
    return .object(members)
  }

  /// Reads the compose file as others do, and holds it against the requests.
  private func expectComposeFile(supplying values: [String: String]) async throws {
    let file = try await written(as: "compose")
    guard let python = Project.python else { return }
    let program = """
      import json, sys, yaml
      print(json.dumps(yaml.safe_load(sys.stdin.read())))
      """
    let read = try await bench.run([python.string, "-c", program], input: file.output)
    try #require(read.status == 0, "\(read.error)\n\(file.output)")
    let compose = try JSONValue(parsing: read.outputBytes)
    let service = try #require(compose["services"]?.object?.values.first)
    let requests = try JSONValue(parsing: try await written(as: "api").outputBytes)
    let body = try #require(requests.array?.first?["body"])
    #expect(service["container_name"]?.string == name)
    let raw = { (text: String) in
      text.replacing(/\$\{(\w+):\?[^}]*\}/) { "${\($0.1)}" }.replacingOccurrences(
        of: "$$", with: "$")
    }
    #expect(service["command"]?.strings?.map(raw) ?? [] == body["Cmd"]?.strings ?? [])
    let labels = (service["labels"]?.object ?? [:]).mapValues { raw($0.string ?? "?") }
    #expect(labels == (body["Labels"]?.object ?? [:]).mapValues { $0.string ?? "" })
    let variables = (service["environment"]?.object ?? [:]).map { name, value in
      value.string.map { "\(name)=\(raw($0))" } ?? name
    }
    #expect(Set(variables).isSubset(of: Set(body["Env"]?.strings ?? [])))
    let names = { (entry: String) in entry.prefix { $0 != "=" } }
    #expect(Set(variables.map(names)) == Set((body["Env"]?.strings ?? []).map(names)))
    for (kind, members) in ["networks", "volumes"].map({ ($0, compose[$0]?.object ?? [:]) }) {
      for (name, value) in members {
        #expect(value["name"]?.string == name && value["external"] == true, "\(kind) \(name)")
      }
    }
  }
}
