import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Pull, push, login and logout as a user does them, with a registry that wants a password.
@Suite(.enabled(if: TestRegistry.isAvailable, "no registry can be started here"))
struct RegistryCommandTests {
  /// A user, and an image that is in the registry already.
  struct Scene {
    let bench: Workbench
    let engine: TestEngine
    let registry: TestRegistry
    let name: String

    init(_ stem: String, variables: [String: String] = [:]) async throws {
      engine = try await TestEngine.shared()
      registry = try await TestRegistry.shared()
      bench = try await Workbench(engine: engine, variables: variables)
      name = registry.repository(stem) + ":1"
      let image = try await engine.image(stem, randomByteCount: 1_500_000)
      try await bench.check("image", "tag", image, name)
    }

    var configuration: FilePath { bench.folder.path.pushing("home/.docker/config.json") }

    func members() throws -> JSONValue {
      try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: configuration.string))))
    }

    @discardableResult
    func login(password: String? = nil, server: String? = nil) async throws -> Command.Result {
      try await bench.sc(
        "login", "-u", registry.user, "--password-stdin", server ?? registry.address,
        input: (password ?? registry.password) + "\n")
    }

    /// Starts `Tests/Servers/hub.py` in the engine's network.
    func startHub() async throws -> (hub: RunningCommand, address: String) {
      let network = engine.socket.removingLastComponent().appending("network")
      let root = geteuid() == 0 ? [] : ["sudo", "-n"]
      let script = Project.root.pushing("Tests/Servers/hub.py").string
      let hub = try RunningCommand(root + ["nsenter", "--net=\(network)", script])
      let address = try await hub.output { $0.hasSuffix("\n") }
      return (hub, address.trimmingCharacters(in: .newlines))
    }

    /// The forms in which the password could lie about.
    var secrets: [String] {
      let pair = Data("\(registry.user):\(registry.password)".utf8).base64EncodedString()
      let header = Data("\"password\":\"\(registry.password)\"".utf8).base64EncodedString()
      return [registry.password, pair, String(header.dropFirst(8).dropLast(8))]
    }

    func expectNoSecret(in text: String, _ place: String) {
      for secret in secrets { #expect(!text.contains(secret), "\(place)") }
    }
  }

  @Test(.needs(.layersInTransfers)) func pushesAndPullsAsDockerDoes() async throws {
    let scene = try await Scene("docker")
    #expect(try await scene.login().status == 0)
    let push = try await scene.bench.sc("image", "push", scene.name)
    #expect(push.status == 0, "\(push.error)")
    let repository = scene.name.dropLast(2)
    #expect(push.lines.first == "The push refers to repository [\(repository)]")
    #expect(push.lines.contains { $0.hasSuffix(": Pushed") })
    #expect(push.lines.last?.hasPrefix("1: digest: sha256:") == true)
    let digest = try #require(push.lines.last?.split(separator: " ")[2])

    var outputs: [[String]] = []
    for program in [["docker"], [try Project.executable("sc").string, "image"]] {
      try await scene.bench.check("image", "rm", "-f", scene.name)
      let pull = try await scene.bench.run(program + ["pull", scene.name])
      #expect(pull.status == 0, "\(pull.error)")
      // How far the engine tells of a small layer depends on how fast it is.
      outputs.append(
        pull.lines.filter { !$0.hasSuffix("Verifying Checksum") && !$0.contains("fs layer") })
    }
    #expect(outputs[0] == outputs[1])
    #expect(
      outputs[1].suffix(3) == [
        "Digest: \(digest)", "Status: Downloaded newer image for \(scene.name)", scene.name,
      ])
    for program in [["docker"], [try Project.executable("sc").string, "image"]] {
      let quiet = try await scene.bench.run(program + ["pull", "-q", scene.name])
      #expect(quiet.output == scene.name + "\n" && quiet.error == "")
      let pushed = try await scene.bench.run(program + ["push", "-q", scene.name])
      #expect(pushed.output == scene.name + "\n" && pushed.error == "")
    }
    let byDigest = try await scene.bench.check("image", "pull", "-q", "\(repository)@\(digest)")
    #expect(byDigest == "\(repository)@\(digest)\n")
    let log = try await scene.bench.check("log", "--format", "%(operation)", "--reverse")
    #expect(log.contains("image.push\n") && log.hasSuffix("image.pull\n"))
    #expect(try await scene.bench.check("show").contains("image.pull"))
    #expect(try await scene.bench.fsck() == "")
  }

  @Test(.needs(.layersInTransfers)) func drawsALineForEachLayer() async throws {
    let scene = try await Scene("lines")
    try await scene.login()
    let push = try await scene.bench.terminal("sc image push \(scene.name)")
    #expect(push.status == 0)
    #expect(push.output.contains("\u{1B}[1A\u{1B}[2K\r"))
    #expect(push.output.contains(": Pushing ") && push.output.contains("MB"))
    let refused = try await scene.bench.terminal("sc image pull \(scene.name)x")
    #expect(refused.status == 1 && refused.output.contains("manifest unknown"))
  }

  @Test func refusalsHaveTheirExitCodes() async throws {
    let scene = try await Scene("codes")
    for action in ["push", "pull"] {
      let refused = try await scene.bench.sc("image", action, scene.name)
      #expect(refused.status == 4, "\(refused.error)")
      #expect(refused.error.contains("sc login"))
    }
    let wrong = try await scene.login(password: "wrong")
    #expect(wrong.status == 4 && wrong.output == "", "\(wrong.error)")
    #expect(!FileManager.default.fileExists(atPath: scene.configuration.string))
    let closed = try await scene.login(server: "127.0.0.1:9")
    #expect(closed.status == 1 && closed.error.contains("cannot reach the registry"))
    #expect(try await scene.bench.sc("login", "--password-stdin").status == 2)
    #expect(try await scene.bench.sc("login", scene.registry.address).status == 2)
    let usage = [["pull", "-a", "a:1"], ["push", "-a", "a:1"], ["pull", "A:1"]]
    for arguments in usage {
      let sc = try Project.executable("sc").string
      #expect(try await scene.bench.run([sc, "image"] + arguments).status == 2)
    }
    #expect(try await scene.login().status == 0)
    let missing = try await scene.bench.sc("image", "pull", scene.name + "0")
    #expect(missing.status == 1 && missing.error.contains("Check the name and the tag"))
    let platform = try await scene.bench.sc("image", "pull", "--platform", "a/b/c/d", scene.name)
    #expect(platform.status == 1 && platform.error.hasPrefix("sc: "))
    let search = try await scene.bench.sc("search", "busybox")
    #expect(search.status == 1 && search.error.contains("cannot reach the registry"))
  }

  @Test(.needs(.dockersOwnClient)) func sharesCredentialsWithDocker() async throws {
    let scene = try await Scene("shared")
    try scene.bench.folder.write(
      "{\"detachKeys\":\"ctrl-e\",\"auths\":{\"other:1\":{\"auth\":\"YTpi\"}},\"n\":[1,2.5]}",
      to: "home/.docker/config.json", mode: 0o644)
    let login = try await scene.login()
    #expect(login.output == "Login Succeeded\n")
    #expect(login.error.contains(scene.configuration.string))
    let members = try scene.members()
    #expect(members["detachKeys"] == "ctrl-e" && members["n"] == [1, 2.5])
    #expect(members["auths"]?["other:1"] == ["auth": "YTpi"])
    let attributes = try FileManager.default.attributesOfItem(atPath: scene.configuration.string)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let folder = scene.configuration.removingLastComponent().string
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["config.json"])
    let push = try await scene.bench.run(["docker", "push", scene.name])
    #expect(push.status == 0, "\(push.error)")
    // What is known is tried first.
    let again = try await scene.bench.sc("login", "http://\(scene.registry.address)/v2/")
    #expect(again.output == "Login Succeeded\n" && again.error.contains("existing credentials"))

    let logout = try await scene.bench.check("logout", scene.registry.address)
    #expect(logout == "Removing login credentials for \(scene.registry.address)\n")
    #expect(try scene.members()["auths"] == ["other:1": ["auth": "YTpi"]])
    #expect(
      try await scene.bench.check("logout", scene.registry.address)
        == "Not logged in to \(scene.registry.address)\n")
    #expect(try await scene.bench.sc("image", "pull", scene.name).status == 4)

    let theirs = try await scene.bench.run(
      ["docker", "login", "-u", scene.registry.user, "--password-stdin", scene.registry.address],
      input: scene.registry.password)
    #expect(theirs.status == 0, "\(theirs.error)")
    #expect(try await scene.bench.sc("image", "pull", scene.name).status == 0)
  }

  @Test func asksForThePasswordWithoutShowingIt() async throws {
    let scene = try await Scene("prompt")
    let sc = try Project.executable("sc").string
    func ask() throws -> RunningCommand {
      try RunningCommand(
        [
          "script", "--quiet", "--return", "--command",
          "\(sc) login \(scene.registry.address); code=$?; stty; exit $code", "/dev/null",
        ], environment: scene.bench.environment, in: scene.bench.folder.path)
    }
    let login = try ask()
    _ = try await login.output { $0.contains("Username: ") }
    login.write("\(scene.registry.user)\n".utf8)
    _ = try await login.output { $0.contains("Password: ") }
    login.write("\(scene.registry.password)\n".utf8)
    let result = try await login.result()
    #expect(result.status == 0 && result.output.contains("Login Succeeded"), "\(result.output)")
    #expect(!result.output.contains("-echo"))
    scene.expectNoSecret(in: result.output, "the terminal")

    try await scene.bench.check("logout", scene.registry.address)
    let interrupted = try ask()
    _ = try await interrupted.output { $0.contains("Username: ") }
    interrupted.write("\(scene.registry.user)\n".utf8)
    _ = try await interrupted.output { $0.contains("Password: ") }
    interrupted.write([3])
    let ended = try await interrupted.result()
    #expect(ended.status == 130, "\(ended.output)")
    #expect(!ended.output.contains("-echo"))
  }

  @Test func helpersKeepCredentials() async throws {
    let scene = try await Scene("helper")
    let folder = scene.bench.folder
    // Keeps one answer in a file, and writes down what the process list shows meanwhile.
    try await folder.writeProgram(
      """
      #!/bin/sh
      cd '\(folder.path)' || exit
      ps -eo args >>processes
      echo "$1" >>calls
      case $1 in
      store) cat >kept ;;
      get) cat >asked; cat kept 2>/dev/null || { echo credentials not found in native keychain; exit 1; } ;;
      erase) cat >erased; rm kept ;;
      esac
      """, to: "bin/docker-credential-lab")
    let path = "\(folder.path)/bin:" + (scene.bench.environment["PATH"] ?? "")
    let configuration = "{\"credHelpers\":{\"\(scene.registry.address)\":\"lab\"}}"
    try folder.write(configuration, to: "home/.docker/config.json")
    func sc(_ arguments: String..., input: String = "") async throws -> Command.Result {
      try await scene.bench.run(
        [try Project.executable("sc").string] + arguments, variables: ["PATH": path], input: input)
    }
    let address = scene.registry.address
    let refused = try await sc("image", "push", scene.name)
    #expect(refused.status == 4, "\(refused.error)")
    let login = try await sc(
      "login", "-u", "ada", "--password-stdin", address, input: scene.registry.password)
    #expect(login.status == 0 && login.error == "", "\(login.error)")
    let kept = try String(contentsOfFile: "\(folder.path)/kept", encoding: .utf8)
    #expect(
      try JSONValue(parsing: Array(kept.utf8)) == [
        "ServerURL": .string(address), "Username": "ada",
        "Secret": .string(scene.registry.password),
      ])
    #expect(try scene.members()["auths"] == .object([address: [:]]))
    #expect(try await sc("image", "push", scene.name).status == 0)
    let processes = try String(contentsOfFile: "\(folder.path)/processes", encoding: .utf8)
    #expect(processes.contains("image push \(scene.name)"))
    scene.expectNoSecret(in: processes, "the process list")
    #expect(try await sc("logout", address).status == 0)
    #expect(try String(contentsOfFile: "\(folder.path)/erased", encoding: .utf8) == address)
    #expect(try scene.members()["auths"] == [:])
    let calls = try String(contentsOfFile: "\(folder.path)/calls", encoding: .utf8)
    #expect(calls == "get\nstore\nget\nget\nerase\n")
    let lost = try await scene.bench.sc("image", "pull", scene.name)
    #expect(lost.status == 1 && lost.error.contains("docker-credential-lab get: there is no such"))
  }

  @Test(.needs(.identityTokens)) func keepsAnIdentityTokenInPlaceOfThePassword() async throws {
    let scene = try await Scene("token")
    let (hub, address) = try await scene.startHub()
    func login(_ password: String) async throws -> Command.Result {
      try await scene.bench.sc("login", "-u", "ada", "--password-stdin", address, input: password)
    }
    #expect(try await login("wrong").status == 4)
    #expect(try await login("lovelace").output == "Login Succeeded\n")
    #expect(
      try scene.members()["auths"] == .object([address: ["identitytoken": "identity-t0ken"]]))
    let again = try await scene.bench.sc("login", address)
    #expect(again.status == 0 && again.error.contains("existing credentials"), "\(again.error)")
    try scene.bench.folder.write(
      "{\"auths\":{\"\(address)\":{\"identitytoken\":\"stale\"}}}",
      to: "home/.docker/config.json")
    let stale = try await scene.bench.sc("login", address)
    #expect(stale.status == 2 && stale.error.contains("Login did not succeed"), "\(stale.error)")
    hub.closeInput()
    #expect(try await hub.result().status == 0)
  }

  @Test func leavesNoCredentialsInTheHistory() async throws {
    let scene = try await Scene("secrets")
    try await scene.login()
    #expect(try await scene.bench.sc("image", "push", scene.name).status == 0)
    #expect(try await scene.bench.sc("image", "pull", scene.name).status == 0)
    #expect(try await scene.bench.sc("image", "pull", scene.name + "0").status == 1)
    let objects = try await scene.bench.run([
      "git", "--git-dir", scene.bench.history.string, "cat-file", "--batch-all-objects", "--batch",
    ])
    #expect(objects.output.contains("image.push") && objects.output.contains("image.pull"))
    scene.expectNoSecret(in: objects.output, "the git objects")
    let files = FileManager.default.enumerator(atPath: scene.bench.history.string)
    while let name = files?.nextObject() as? String {
      let file = scene.bench.history.pushing(FilePath(name)).string
      guard let bytes = FileManager.default.contents(atPath: file) else { continue }
      scene.expectNoSecret(in: String(decoding: bytes, as: UTF8.self), name)
    }
    let log = try await scene.bench.check("log", "--json")
    scene.expectNoSecret(in: log + (try await scene.bench.check("show", "--json")), "sc log")
  }

  @Test func searchesTheRegistryThatTheTermNames() async throws {
    let scene = try await Scene("search")
    let (hub, address) = try await scene.startHub()
    let found = try await scene.bench.json("search", "--format", "json", "\(address)/tool")
    #expect(found.array?.compactMap { $0["name"]?.string } == ["tool", "ada/tool"])
    #expect(found.array?.first?["starCount"] == 7)
    #expect(found.array?.compactMap { $0["isOfficial"]?.bool } == [true, false])
    #expect(found.array?.compactMap { $0["isAutomated"]?.bool } == [false, true])
    let table = try await scene.bench.sc("search", "--limit", "1", "\(address)/tool").lines
    #expect(table.count == 2 && table[1].contains("A tool of many words: word") == true)
    #expect(table[1].contains("…"))
    let filtered = try await scene.bench.check(
      "search", "--filter", "is-automated=true", "\(address)/tool")
    #expect(filtered.contains("ada/tool") && filtered.contains("\\e[31mred"))
    #expect(filtered.split(separator: "\n").count == 2)
    #expect(try await scene.bench.sc("search", "--limit", "0", "tool").status == 2)
    hub.closeInput()
    #expect(try await hub.result().status == 0)
  }
}
