import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

/// Plants a secret in every place where a user could put one, and looks for all of them.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct PlantedSecretsTests {
  @Test func areNowhereInTheHistoryNorInWhatIsShown() async throws {
    let plot = try await Plot()
    try await plot.workWithContainers()
    try await plot.workWithImages()
    try await plot.search("after the operations")
    try await plot.leaveOneBehind()
    _ = try await plot.sc("status")
    #expect(try plot.laboratory.journal() == [])
    try await plot.search("after settling")
    try await plot.searchWhatIsShown()
    #expect(plot.planted.count > 20)
  }
}

/// A history that is worked on by `sc`, with secrets everywhere.
private final class Plot: Sendable {
  let laboratory: Laboratory
  private let image: String
  private let program: FilePath

  init() async throws {
    laboratory = try await Laboratory()
    image = try await laboratory.engine.image()
    program = try Project.executable("sc")
    try laboratory.folder.write("DB_PASSWORD=\(secret("envfile"))\n", to: "secrets.env")
    try laboratory.folder.write("api.token=\(secret("labelfile"))\n", to: "secrets.labels")
  }

  private static let places = [
    "env", "envjoined", "envfile", "envurl", "label", "labelfile", "option", "optionjoined",
    "commandurl", "shell", "bearer", "entry", "failing", "named", "engineword", "buildarg",
    "buildlabel", "dockerenv", "dockerarg", "dockerlabel", "dockerrun", "dockerfail", "dockercopy",
    "dockerparse", "change", "comment", "restart", "left", "leftcommand", "setting",
  ]

  /// One secret for each place; the name of the place is in it.
  func secret(_ place: String) -> String { "Zq7\(place)9xK4vW" }
  var planted: [String] { Self.places.map(secret) }

  @discardableResult
  func sc(_ arguments: String..., input: String = "") async throws -> Command.Result {
    try await Command.run(
      [program.string] + arguments, environment: environment, input: input.utf8,
      in: laboratory.folder.path)
  }

  private var environment: [String: String] {
    [
      "PATH": "/usr/bin:/bin", "HOME": "\(laboratory.folder.path)/home",
      "MY_SECRET_TOKEN": secret("shell"),
    ].merging(laboratory.engine.variables) { $1 }
  }

  func workWithContainers() async throws {
    let name = laboratory.name("planted")
    let created = try await sc(
      "container", "create", "--name", name, "-e", "API_TOKEN=\(secret("env"))",
      "--env=CLIENT_SECRET=\(secret("envjoined"))", "--env-file", "secrets.env",
      "-e", "DATABASE=postgres://ada:\(secret("envurl"))@db/lab", "-e", "MY_SECRET_TOKEN",
      "-l", "deploy.token=\(secret("label"))", "--label-file", "secrets.labels", image,
      "sh", "-c", "curl -H 'Authorization: Bearer \(secret("bearer"))' http://x", "--password",
      secret("option"), "--api-key=\(secret("optionjoined"))",
      "https://ada:\(secret("commandurl"))@example.org/data")
    #expect(created.status == 0, "\(created.error)")
    // The engine refuses these in words that quote the secret.
    try await sc(
      "container", "create", "--name=-\(secret("engineword"))", "-e",
      "MY_PASSWORD=-\(secret("engineword"))",
      image)
    try await sc("run", "-e", "ACCESS_TOKEN=\(secret("entry"))", image, secret("entry"))
    try await sc("run", "--rm", image, "tool", "--token", secret("failing"))
    let failing = laboratory.name("planted-start")
    try await sc(
      "container", "create", "--name", failing, "-e", "SECRET_KEY=\(secret("named"))",
      "--entrypoint", secret("named"), image)
    let start = try await sc("container", "start", failing)
    #expect(start.status != 0 && start.error.contains(secret("named")))
    try await sc(
      "container", "commit", "-c", "ENV SIGNING_SECRET=\(secret("change"))", "-m",
      "with token=\(secret("comment"))", name, laboratory.name("planted-image"))
    try await sc(
      "--set", "agent.name=Ada", "run", "-e", "PASSWORD=\(secret("setting"))", image, "true")
    try await sc("run", "-e", "PASSWORD=\(secret("restart"))", image, "false")
  }

  func workWithImages() async throws {
    let good = """
      FROM \(image)
      ARG BUILD_PASSWORD
      ARG DEFAULT_TOKEN=\(secret("dockerarg"))
      ENV SECRET_KEY=\(secret("dockerenv"))
      LABEL auth.token="\(secret("dockerlabel"))"
      RUN true --password \(secret("dockerrun"))
      """
    let name = laboratory.name("planted-built")
    let built = try await sc(
      "image", "build", "-t", name, "--build-arg", "BUILD_PASSWORD=\(secret("buildarg"))",
      "--label", "registry.password=\(secret("buildlabel"))", "-", input: good)
    #expect(built.status == 0, "\(built.error)")
    try await sc("run", name, "true")
    let failing = [
      "FROM \(image)\nRUN false --token=\(secret("dockerfail"))\n",
      "FROM \(image)\nENV MY_SECRET=\(secret("dockercopy"))\nCOPY $MY_SECRET /data\n",
      "FROM \(image)\nENV MY_SECRET=\(secret("dockerparse"))\n\(secret("dockerparse")) nothing\n",
    ]
    for dockerfile in failing {
      #expect(try await sc("image", "build", "-", input: dockerfile).status != 0)
    }
  }

  /// Kills `sc` while its container runs, and looks at what that leaves.
  func leaveOneBehind() async throws {
    let running = try RunningCommand(
      [
        program.string, "run", "-e", "API_TOKEN=\(secret("left"))", image, "sh", "-c",
        "echo ready; sleep 600", "--password", secret("leftcommand"),
      ], environment: environment, in: laboratory.folder.path, timeLimit: .seconds(300))
    running.closeInput()
    _ = try await running.output { $0.contains("ready") }
    try await search("while one runs")
    running.signal(SIGKILL)
    _ = try await running.result()
    #expect(try laboratory.journal().count == 1)
    try await search("after a kill")
  }

  /// Looks through every git object, and every file beside them.
  func search(_ moment: String) async throws {
    let objects = try await Command.run([
      "git", "--git-dir=\(laboratory.history)", "cat-file", "--batch-all-objects", "--batch",
    ])
    #expect(objects.status == 0)
    expectNone(in: objects.outputBytes, "git objects, \(moment)")
    let files = FileManager.default.enumerator(atPath: laboratory.history.string)
    while let name = files?.nextObject() as? String {
      expectNone(in: Array(name.utf8), "the name \(name), \(moment)")
      let path = laboratory.history.pushing(FilePath(name)).string
      if let bytes = FileManager.default.contents(atPath: path) {
        expectNone(in: Array(bytes), "\(name), \(moment)")
      }
    }
  }

  func searchWhatIsShown() async throws {
    let log = try await sc("--no-pager", "log", "--json")
    #expect(log.status == 0 && log.output.contains("container.create"))
    expectNone(in: log.outputBytes, "sc log --json")
    expectNone(in: try await sc("--no-pager", "log").outputBytes, "sc log")
    let commits = try await laboratory.git("rev-list", "main").split(separator: "\n").map(
      String.init)
    #expect(commits.count == 15)
    for commit in commits {
      let shown = try await sc("--no-pager", "show", commit)
      #expect(shown.status == 0, "\(shown.error)")
      expectNone(in: shown.outputBytes + shown.errorBytes, "sc show")
      expectNone(
        in: try await sc("--no-pager", "show", "--json", commit).outputBytes, "show --json")
    }
    for (new, old) in zip(commits, commits.dropFirst()) {
      let shown = try await sc("--no-pager", "diff", old, new)
      expectNone(in: shown.outputBytes + shown.errorBytes, "sc diff")
    }
  }

  private func expectNone(in bytes: [UInt8], _ place: String) {
    let text = String(decoding: bytes, as: UTF8.self)
    for secret in planted where text.contains(secret) {
      let range = text.range(of: secret)
      let context = range.map { text[..<$0.upperBound].suffix(200) } ?? ""
      Issue.record("\(secret) is in \(place): …\(context)")
    }
  }
}
