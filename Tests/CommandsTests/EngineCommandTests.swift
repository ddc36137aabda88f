import Canonical
import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable))
struct EngineCommandTests {
  @Test func movesArchivesAndExecutesCommands() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("archives")
    let (name, made) = (Workbench.name("moving"), Workbench.name("moved") + ":1")
    try await bench.check("run", "-d", "--name", name, image, "sleep", "600")
    let executed = try await bench.sc(
      "exec", "-w", "/tmp", "-e", "A=b", name, "sh", "-c", "echo $A; pwd >&2; exit 4")
    #expect(executed.status == 4)
    #expect(executed.output == "b\n")
    #expect(executed.error == "/tmp\n")

    try await bench.check("container", "export", "-o", "fs.tar", name)
    let imported = try await bench.shell("sc image import -c 'CMD [\"true\"]' - \(made) < fs.tar")
    #expect(imported.output.hasPrefix("sha256:"), "\(imported.error)")
    let missing = try await bench.sc("container", "export", "-o", "none.tar", "nosuch")
    #expect(missing.status == 1)
    let saved = try await bench.shell(
      "sc image save \(made) > image.tar && sc image load -q -i image.tar")
    #expect(saved.output == "Loaded image: \(made)\n", "\(saved.error)")
    let listed = try await bench.shell("ls; tar -tf fs.tar | grep -c bin/busybox")
    #expect(listed.output == "fs.tar\nhome\nimage.tar\n1\n")
    let terminal = try await bench.terminal("sc container export \(name)")
    #expect(terminal.output.contains("not written to a terminal"))
    let log = try await bench.check("log", "--format", "%(operation) %(outcome)", "--reverse")
    #expect(
      log == """
        run succeeded
        exec failed
        container.export succeeded
        image.import succeeded
        container.export failed
        image.save succeeded
        image.load succeeded

        """)
    try await bench.check("container", "rm", "-f", name)
    #expect(try await bench.fsck() == "")
  }

  @Test func writesIdsToFiles() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("idfile")
    let created = try await bench.sc("container", "create", "--cidfile", "id", image, "true")
    let file = bench.folder.path.appending("id").string
    #expect(try String(contentsOfFile: file, encoding: .utf8) + "\n" == created.output)
    let again = try await bench.sc("container", "create", "--cidfile", "id", image, "true")
    #expect(again.status == 2)
    #expect(again.error.contains("File exists"))
    #expect(try await bench.sc("log", "--json").lines.count == 1, "nothing was created")
    try bench.folder.write("FROM \(image)\nLABEL a=b\n", to: "context/Dockerfile")
    try await bench.check("image", "build", "-q", "--iidfile", "id", "context")
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("sha256:"))
  }

  @Test func tellsTheStoryOfAContainer() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("story")
    let (web, old, site) = (
      Workbench.name("web"), Workbench.name("old"), Workbench.name("site") + ":2"
    )
    try await bench.check("config", "set", "agent.name", "Ada Lovelace")
    let id = try await bench.check(
      "container", "create", "--name", web, "-eMODE=draft", "-e", "API_TOKEN=s3cr3t-value",
      "-m512m", image, "sleep", "600"
    ).trimmingCharacters(in: .newlines)
    #expect(id.count == 64)
    #expect(try await bench.check("container", "start", web) == "\(web)\n")
    #expect(try await bench.check("container", "rename", web, old) == "")
    #expect(
      try await bench.check("diff") == """
        --- \(web) (\(id.prefix(12)))
        +++ \(old) (\(id.prefix(12)))
        @@ name @@
        -\(web)
        +\(old)

        """)
    let made = try await bench.check("container", "commit", "-m", "done", old, site)
    #expect(made.hasPrefix("sha256:"))

    let would = try await bench.check("container", "rm", "--dry-run", old)
    #expect(would == "would remove \(old) (\(id.prefix(12)))\n")
    let removal = try await bench.sc("container", "rm", "-f", "nosuch", old)
    #expect(removal.output == "\(old)\n")
    #expect(removal.error.contains("nosuch") && removal.error.contains("sc container ls -a"))
    #expect(removal.status == 1)

    // The last name leads to the whole story, from before the renaming on.
    let log = try await bench.check("log", old, "--format", "%(operation)", "--reverse")
    #expect(
      log == """
        container.create
        container.start
        container.rename
        container.commit
        container.remove

        """)
    let records = try await bench.check("log", "--json").split(separator: "\n")
    #expect(records.count == 7)
    for record in records {
      let json = try JSONValue(parsing: Array(record.utf8))
      #expect(json["commit"]?.string?.count == 40)
      #expect(Timestamp(try #require(json["time"]?.string)) != nil)
    }
    let failed = try await bench.check("log", "--outcome", "failed", "--oneline")
    #expect(failed.split(separator: "\n").count == 1 && failed.hasSuffix("(failed)\n"))
    #expect(
      try await bench.check("log", "HEAD~2..HEAD", "--oneline").split(separator: "\n").count == 2)

    let text = try await bench.check("show", old)
    #expect(text.contains("Operation:  container.remove"))
    #expect(text.contains("    environment.API_TOKEN: (redacted)\n    environment.MODE: draft\n"))
    #expect(text.contains("    limits.memory: 512MiB\n"))
    #expect(text.contains("Ada Lovelace"))
    #expect(!text.contains("s3cr3t-value") && !text.contains("maskedPaths"))
    let document = try await bench.json("show", old, "--json")
    #expect(document["@context"] != nil)
    let settings = try await bench.check("show", "HEAD~6")
    #expect(settings.contains("set agent.name") && settings.contains("+agentName: Ada Lovelace"))

    #expect(try await bench.sc("diff", "-q", old, old).status == 0)
    #expect(try await bench.sc("diff", "-q", image, old).status == 1)
    #expect(try await bench.sc("diff", image, old).status == 0)
    let added = try await bench.check("diff", image, old)
    #expect(added.contains("@@ environment.MODE @@\n+draft\n"))
    #expect(try await bench.json("diff", "--json", "HEAD~1", old).array?.isEmpty == true)
    let stat = try await bench.check("diff", "--stat", "HEAD~5..HEAD~1")
    #expect(stat.contains(" \(web) (\(id.prefix(12))) → \(old) (\(id.prefix(12))) | 1 changed\n"))
    #expect(try await bench.fsck() == "")
  }

  /// Arguments of `run`, and docker's exit codes.
  private static func runs(of image: String) -> [(arguments: [String], status: Int32)] {
    [
      ([image, "sh", "-c", "exit 7"], 7), ([image, "true"], 0), ([image, "nosuchcommand"], 127),
      ([image, "/etc"], 126), (["nosuchimage"], 125), (["-w", "relative", image, "true"], 125),
      (["--network", "nosuch", image, "true"], 125), (["-u", "nosuch", image, "true"], 125),
      ([image, "--help"], 127), (["--nosuch", image], 125), (["-m", "much", image], 125),
      (["-e", "=A", image], 125), (["--entrypoint=", image], 125),
      (["--rm", image, "sh", "-c", "kill -9 $$"], 0),
    ]
  }

  @Test(.needs(.dockersOwnClient)) func runEndsAsDockerDoes() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("run")
    try await withThrowingTaskGroup { group in
      for (arguments, status) in Self.runs(of: image) {
        group.addTask {
          let docker = try await bench.run(["docker", "run", "--pull=never"] + arguments)
          let ours = try await bench.run([try Project.executable("sc").string, "run"] + arguments)
          #expect(ours.status == docker.status, "\(arguments): \(ours.error)")
          #expect(docker.status == status, "\(arguments): \(docker.error)")
          #expect(ours.output == docker.output, "\(arguments)")
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func runEndsWithDockersCodes() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("run")
    for (arguments, status) in Self.runs(of: image) {
      let ours = try await bench.run([try Project.executable("sc").string, "run"] + arguments)
      #expect(ours.status == status, "\(arguments): \(ours.error)")
    }
    let both = try await bench.sc(
      "run", "--rm", "-eA=B", image, "sh", "-c", "echo out $A; echo err >&2; ls -d /bin")
    #expect(both.output == "out B\n/bin\n")
    #expect(both.error == "err\n")
    let unreachable = try await bench.sc("-H", "unix:///nonexistent/s", "run", image)
    #expect(unreachable.status == 125)
    #expect(unreachable.error.contains("no socket"))
  }

  @Test func signalsReachTheContainerAndNothingElseBreaks() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("signals")
    let run = try bench.start(
      "run", "--rm", image, "sh", "-c",
      "trap 'echo got; exit 9' INT; echo ready; while :; do sleep 0.05; done")
    _ = try await run.output { $0.contains("ready") }
    run.interrupt()
    let result = try await run.result()
    #expect(result.output == "ready\ngot\n")
    #expect(result.status == 9)
    #expect(
      try await bench.check("log", "-1", "--format", "%(operation) %(outcome)") == "run failed\n")

    let name = Workbench.name("sleeper")
    try await bench.check("run", "-d", "--name", name, image, "sh", "-c", "echo here; sleep 600")
    let logs = try bench.start("container", "logs", "-f", name)
    _ = try await logs.output { $0.contains("here") }
    logs.interrupt()
    let ended = try await logs.result()
    #expect(ended.status == 130)
    #expect(ended.error == "sc: interrupted\n")
    try await bench.check("container", "rm", "-f", name)
    #expect(try await bench.fsck() == "")
  }

  @Test func recordsThatWaitAreToldAndSettled() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("waiting")
    let name = Workbench.name("waiting")
    try await bench.check("status")
    // Packs can be read in another place, and none be written where a file stands in the way.
    let objects = bench.history.appending("objects")
    let (packs, other) = (objects.appending("pack"), bench.history.appending("other"))
    let alternates = objects.pushing("info/alternates").string
    try FileManager.default.createDirectory(
      atPath: other.string, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: packs.string, toPath: other.appending("pack").string)
    try Data().write(to: URL(filePath: packs.string))
    try Data("\(other)\n".utf8).write(to: URL(filePath: alternates))
    let created = try await bench.sc("container", "create", "--name", name, image)
    #expect(created.status == 13)
    #expect(created.output.count == 65)
    #expect(created.error.contains("not yet in the history"))
    for path in [alternates, packs.string] { try FileManager.default.removeItem(atPath: path) }
    try FileManager.default.moveItem(atPath: other.appending("pack").string, toPath: packs.string)

    let started = try await bench.sc("container", "rm", name)
    #expect(started.status == 0)
    #expect(started.output == "\(name)\n")
    #expect(started.error.split(separator: "\n").count == 1)
    #expect(started.error.contains("what an earlier command left: recorded 1"))
    let log = try await bench.check("log", "--format", "%(operation)")
    #expect(log == "container.remove\ncontainer.create\n")
    #expect(try await bench.fsck() == "")
  }

  @Test func foreignTextNeverReachesTheTerminalRaw() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("escapes")
    let name = Workbench.name("escapes")
    let evil = "x\u{1B}[31m\u{9B}2J\u{202E}y\r"
    try await bench.check(
      "container", "create", "--name", name, "-e", "MODE=\(evil)", "-l", "note=\(evil)", image,
      "echo", evil)
    let runs: [[String]] = [
      ["container", "ls", "-a"], ["container", "ls", "-a", "--format", "json"],
      ["container", "inspect", name], ["log"], ["log", "--json"], ["show"], ["show", name],
      ["diff", image, name], ["diff", image, name, "--json"], ["container", "inspect", evil],
      ["log", evil], ["container", evil], ["container", "rm", "--\(evil)"],
    ]
    for arguments in runs {
      let result = try await bench.run([try Project.executable("sc").string] + arguments)
      let text = result.output + result.error
      let raw = text.unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n" || $0 == "\u{202E}"
      }
      #expect(raw.isEmpty, "\(arguments): \(raw)")
    }
    try await bench.check("container", "rm", name)
  }

  @Test func buildsAsDockerDoes() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("base")
    let tag = Workbench.name("built")
    try bench.folder.write(
      "FROM \(image)\nARG V=1\nRUN echo version $V\nCMD [\"true\"]\n", to: "context/Dockerfile")
    let built = try await bench.sc(
      "image", "build", "-t\(tag)", "--build-arg=V=2", "context")
    #expect(built.status == 0)
    // "Step 1/4 : FROM", or buildah's "STEP 1/4: FROM".
    #expect(try built.output.prefixMatch(of: Regex("(?i)step 1/4 ?: FROM \(image)\n")) != nil)
    #expect(built.output.contains("\nversion 2\n"))
    #expect(built.output.hasSuffix("Successfully tagged \(tag):latest\n"))
    #expect(built.error == "")
    let quiet = try await bench.sc("image", "build", "-q", "context")
    #expect(quiet.output.hasPrefix("sha256:") && quiet.output.count == 72)
    let failed = try await bench.sc(
      "image", "build", "-", input: "FROM \(image)\nRUN exit 3\n")
    #expect(failed.status == 1)
    #expect(failed.error.contains(/returned a non-zero code: 3|exit status 3/))
    let list = try await bench.json("image", "ls", "--format", "json", tag)
    let entry = try #require(list.array?.first)
    #expect(entry["tags"]?.strings == ["\(tag):latest"])
    #expect(entry["sizeInBytes"]?.integer ?? 0 > 0)
    #expect(Timestamp(try #require(entry["createdAt"]?.string)) != nil)
    #expect(entry["id"]?.string?.count == 71)
    #expect(try await bench.sc("image", "rm", "nosuch", tag).status == 1)
    #expect(try await bench.json("image", "ls", "--format", "json", tag).array?.isEmpty == true)
  }

  @Test func statusTellsHowThingsStand() async throws {
    let bench = try await Workbench(engine: try await TestEngine.shared())
    let product = EngineKind.current.product
    let bare = try await bench.check("status")
    #expect(bare.contains("no operations yet") && bare.contains("Engine:  \(product)"))
    #expect(bare.contains("only your account is known"))
    #expect(bare.contains("sc config set agent.orcid"))
    let json = try await bench.json("status", "--json")
    #expect(json["uncommitted"] == 0 && json["engine"]?["product"]?.string == product)
    #expect(json["missing"]?.strings?.count == 4)
    let versions = try await bench.json("version", "--json")
    #expect(versions["sc"]?.string != nil && versions["engine"]?["ApiVersion"] != nil)
  }
}
