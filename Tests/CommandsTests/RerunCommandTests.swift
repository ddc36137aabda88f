import Canonical
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable))
struct RerunCommandTests {
  private let engine: TestEngine
  private let bench: Workbench
  private let image: String

  init() async throws {
    engine = try await .shared()
    bench = try await Workbench(engine: engine)
    image = try await engine.image("rerun")
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: bench.folder.path.appending(name).string, encoding: .utf8)
  }

  private func rerun(_ line: String, in folder: String) async throws -> Command.Result {
    try await bench.shell("cd \(folder) && sc rerun \(line)")
  }

  @Test func tellsOfEachOutput() async throws {
    try bench.folder.write("b\na\n", to: "in")
    let name = Workbench.name("job")
    try await bench.check(
      "run", "--rm", "--name", name, "-i", "in", "-o", "sorted", "-o", "stamp", image, "sh", "-c",
      "sort in > sorted; cat /proc/sys/kernel/random/uuid > stamp; echo done")
    let stamp = try text("stamp")
    let verified = try await bench.sc("rerun", "--verify", name)
    #expect(verified.status == 1, "\(verified.error)")
    #expect(verified.error == "")
    let lines = verified.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    let folder = bench.folder.path.string
    #expect(lines[0] == "identical  \(folder)/sorted")
    #expect(lines[1].hasPrefix("different  \(folder)/stamp: line 1: \"\(stamp.dropLast())\", now "))
    #expect(lines[2] == "identical  standard output")
    #expect(lines[3].hasSuffix(" not reproduced"))
    #expect(try text("stamp") == stamp)

    let json = try await bench.sc("rerun", name, "--format", "json")
    #expect(json.status == 1)
    let object = try JSONValue(parsing: json.outputBytes)
    #expect(object["isReproduced"] == false && object["hasInputsOfThen"] == true)
    #expect(object["outputs"]?.array?.map { $0["state"] } == ["identical", "different"])
    #expect(try text("stamp") != stamp)

    let log = try await bench.check("log", "--format", "%(operation) %s")
    #expect(log.contains(" (not reproduced)"))
    let shown = try await bench.check("show")
    #expect(shown.contains("Repeats:    ") && shown.contains(", not reproduced\n"))
    #expect(try await bench.fsck() == "")
  }

  @Test func reproducesAfterAChange() async throws {
    try bench.folder.write("1\n", to: "in")
    try await bench.check(
      "run", "--rm", "-i", "in", "-o", "out", image, "sh", "-c", "wc -l < in > out")
    #expect(try await bench.sc("rerun", "HEAD").output.hasSuffix(" reproduced\n"))
    try bench.folder.write("2\n", to: "in")
    let changed = try await bench.sc("rerun", "HEAD")
    #expect(changed.status == 0)
    #expect(changed.error.contains("in changed: "))
    #expect(changed.output.hasSuffix(" reproduced, and what it read had changed\n"))
  }

  @Test func refusesWhatCannotBe() async throws {
    try await bench.check("run", "--rm", "-e", "DB_PASSWORD=xK9-planted-2b7Qz1", image, "true")
    let before = try await bench.check("log", "--json")
    let hidden = try await bench.sc("rerun", "HEAD")
    #expect(hidden.status == 125)
    #expect(hidden.error.contains("set DB_PASSWORD in the environment"))
    #expect(try await bench.sc("rerun").status == 2)
    #expect(try await bench.sc("rerun", "HEAD", "--since", "HEAD").status == 2)
    #expect(try await bench.sc("rerun", "HEAD...HEAD").status == 2)
    #expect(try await bench.sc("rerun", "nothing-there").status == 125)
    let nowhere = try await bench.run(
      ["sh", "-c", "cd / && exec \(try Project.executable("sc")) rerun HEAD"])
    #expect(nowhere.status == 10)
    #expect(try await bench.check("log", "--json") == before)
    let given = try await bench.sc(
      "rerun", "HEAD", variables: ["DB_PASSWORD": "xK9-planted-2b7Qz1"])
    #expect(given.status == 0 && given.error == "", "\(given.error)")
  }

  @Test func reportsWithoutRunning() async throws {
    try bench.folder.write("1\n", to: "in")
    try await bench.check(
      "run", "--rm", "-e", "API_TOKEN=t0k3n-V4lue-99", "-i", "in", "-o", "out", image, "cp", "in",
      "out")
    try FileManager.default.removeItem(atPath: bench.folder.path.appending("in").string)
    let before = try await bench.check("log", "--json")
    let report = try await bench.sc("rerun", "--report", "HEAD")
    #expect(report.status == 0)
    let folder = bench.folder.path.string
    for line in [
      "  image    \(image) is here", "  input \(folder)/in is missing", "  output \(folder)/out ",
      "  hidden in the environment: API_TOKEN must be set",
      "  cannot be done again: set API_TOKEN in the environment",
      "  cannot be done again: the input \(folder)/in is not there",
    ] { #expect(report.output.contains(line), "\(line) in \(report.output)") }
    let away = try await bench.sc(
      "-H", "unix:///nonexistent/docker.sock", "rerun", "--report", "HEAD")
    #expect(away.status == 0 && away.error.contains("engine not reachable: image unknown"))
    let json = try await bench.json("rerun", "--report", "--format", "json", "HEAD")
    #expect(json["image"]?["state"] == "here" && json["obstacles"]?.array?.count == 2)
    #expect(try await bench.check("log", "--json") == before)
  }

  @Test func reportsFoldersThatAreGone() async throws {
    try bench.folder.write("1\n", to: "data/in")
    let data = bench.folder.path.appending("data").string
    try await bench.check("run", "--rm", "-v", "\(data):/data", image, "cat", "/data/in")
    try FileManager.default.removeItem(atPath: data)
    let line = "  cannot be done again: the folder \(data) that the run mounted is not there\n"
    #expect(try await bench.check("rerun", "--report", "HEAD").contains(line))
    let rerun = try await bench.sc("rerun", "HEAD")
    #expect(rerun.status == 125 && !FileManager.default.fileExists(atPath: data))
  }

  @Test func takesTheFilesOfACopy() async throws {
    try bench.folder.write("b\na\n", to: "project/in")
    let made = try await bench.shell(
      """
      cd project && sc init --quiet && sc run --rm -i in -o out \(image) sh -c 'sort in > out' \
        && cp -R ../project ../copy && echo mine > out
      """)
    try #require(made.status == 0, "\(made.error)")
    let project = bench.folder.path.appending("project").string
    let refused = try await rerun("HEAD", in: "copy")
    #expect(refused.status == 125, "\(refused.error)")
    #expect(refused.error.contains("it would replace \(project)/out, outside of the folder of"))
    #expect(refused.error.contains("--in . does it with the files of this folder"))
    #expect(refused.error.contains("--in \(project) with those of then"))
    let report = try await rerun("--report HEAD", in: "copy")
    #expect(report.output.contains("cannot be done again: it would replace \(project)/out,"))

    try bench.folder.write("spoiled", to: "copy/out")
    let copied = try await rerun("--in . HEAD", in: "copy")
    #expect(copied.status == 0, "\(copied.error)")
    #expect(copied.output.hasPrefix("identical  \(bench.folder.path)/copy/out\n"))
    #expect(try text("copy/out") == "a\nb\n")
    // What was done here is done here again.
    #expect(try await rerun("HEAD", in: "copy").status == 0)
    #expect(try text("project/out") == "mine\n")
    // The original is meant where it is named, and where the user is in it.
    #expect(try await rerun("--in \(project) HEAD~2", in: "copy").status == 0)
    #expect(try text("project/out") == "a\nb\n")
    #expect(try await rerun("--sc-dir ../copy/.sc HEAD~3", in: "project").status == 0)
  }

  @Test func namesTheWayToFilesThatMoved() async throws {
    try bench.folder.write("b\na\n", to: "old/in")
    let made = try await bench.shell(
      """
      cd old && sc init --quiet && sc run --rm -i in -o out \(image) sh -c 'sort in > out' \
        && mv ../old ../new
      """)
    try #require(made.status == 0, "\(made.error)")
    let lost = try await rerun("HEAD", in: "new")
    #expect(lost.status == 125)
    #expect(lost.error.contains("\(bench.folder.path)/old/in is not there"), "\(lost.error)")
    #expect(lost.error.contains("--in FOLDER names it"))
    #expect(try await rerun("--in . HEAD", in: "new").status == 0)
    // What is missing here is missing, wherever one looks.
    let removed = try await bench.shell("cd new && rm in && sc rerun HEAD")
    #expect(removed.status == 125 && !removed.error.contains("--in"), "\(removed.error)")
    let none = try await rerun("--in nowhere HEAD", in: "new")
    #expect(none.status == 125 && none.error.contains("/nowhere/in is not there"))
  }

  @Test func takesAllOfARange() async throws {
    try bench.folder.write("1\n", to: "in")
    try await bench.check("run", "--rm", image, "true")
    try await bench.check("run", "--rm", "-i", "in", "-o", "middle", image, "cp", "in", "middle")
    try await bench.check("image", "tag", image, "\(image)-again")
    try await bench.check(
      "run", "--rm", "-i", "middle", "-o", "out", image, "sh", "-c", "cat middle /proc/uptime > out"
    )
    try await bench.check("run", "--rm", image, "echo", "last")
    let all = try await bench.sc("rerun", "--since", "HEAD~4")
    #expect(all.status == 1)
    #expect(all.error.contains("/middle is the same, made anew by "))
    #expect(all.output.hasSuffix("\n2 of 3 runs reproduced; 1 other operation is not rerun\n"))
    let fast = try await bench.sc("rerun", "--fail-fast", "--verify", "HEAD~7..HEAD~3")
    #expect(fast.status == 1)
    #expect(
      fast.output.hasSuffix(
        "\n1 of 2 runs reproduced, 1 left out after a failure; 1 other operation is not rerun\n"))
    let report = try await bench.check("rerun", "--report", "HEAD~9..HEAD~5")
    #expect(report.hasSuffix("\n3 of 3 can be done again; 1 other operation is not rerun\n"))
    try await bench.check("image", "rm", "\(image)-again")
  }

  @Test(arguments: [["HEAD..HEAD"], ["HEAD..HEAD~1"], ["--since", "HEAD"], ["HEAD~1..HEAD"]])
  func refusesARangeWithoutARun(range: [String]) async throws {
    try await bench.check("run", "--rm", image, "true")
    let tag = Workbench.name("tagged")
    try await bench.check("image", "tag", image, tag)
    let name = range.count == 1 ? range[0] : "HEAD.."
    for flags in [[], ["--report"]] {
      let line = [try Project.executable("sc").string, "rerun"] + flags + range
      let text = try await bench.run(line)
      #expect(text.status == 1 && text.output == "", "\(text.output)")
      #expect(text.error.hasPrefix("sc: no run in \(name)"), "\(text.error)")
      let json = try await bench.run(line + ["--format", "json"])
      #expect(json.status == 1 && json.error == text.error)
      #expect(try JSONValue(parsing: json.outputBytes) == [])
    }
    try await bench.check("image", "rm", tag)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func anInterruptLeavesTheOutputs(signal: Int32) async throws {
    try bench.folder.write("0", to: "time")
    try await bench.check("run", "--rm", image, "true")
    try await bench.check(
      "run", "--rm", "-i", "time", "-o", "out", image, "sh", "-c",
      """
      trap 'exit 0' INT TERM
      echo part > out; echo ready >&2
      sleep $(cat time) & wait $!
      echo whole > out
      """)
    try await bench.check("run", "--rm", image, "echo", "last")
    try bench.folder.write("600", to: "time")
    for (count, format) in [(1, "text"), (2, "json")] {
      let rerun = try bench.start("rerun", "--since", "HEAD~\(count + 1)", "--format", format)
      rerun.closeInput()
      _ = try await rerun.error { $0.contains("ready\n") }
      rerun.signal(signal)
      let result = try await rerun.result()
      #expect(result.status == 130 && result.output == "", "\(result.output)")
      #expect(result.error.hasSuffix("sc: interrupted\n"), "\(result.error)")
      #expect(try text("out") == "whole\n")
      let log = try await bench.check("log", "--format", "%(operation)")
      #expect(
        log.hasPrefix(String(repeating: "rerun\n", count: count) + "run\nrun\nrun\n"), "\(log)")
      let shown = try await bench.check("show")
      #expect(shown.contains(": interrupted\n") && !shown.contains("reproduced"), "\(shown)")
      #expect(shown.contains("container.remove"), "\(shown)")
    }
  }

  @Test func pipesAgain() async throws {
    let first = try await bench.sc("run", "--rm", "-i", image, "sort", input: "b\na\n")
    #expect(first.output == "a\nb\n")
    #expect(try await bench.sc("rerun", "HEAD", input: "b\na\n").status == 0)
    let other = try await bench.sc("rerun", "--verify", "HEAD", input: "c\n")
    #expect(other.status == 1 && other.output.contains("standard input is another than then\n"))
    let typed = try await bench.terminal("sc rerun HEAD")
    #expect(typed.status == 125 && typed.output.contains("must be piped in again"))
  }
}
