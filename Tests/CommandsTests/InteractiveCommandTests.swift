import Canonical
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable), .timeLimit(.minutes(15)))
struct InteractiveCommandTests {
  private let engine: TestEngine
  private let bench: Workbench
  private let image: String

  init() async throws {
    engine = try await .shared()
    bench = try await Workbench(engine: engine)
    image = try await engine.image("interactive")
  }

  private func type(
    _ arguments: String..., steps: [Typist.Step]
  ) async throws -> Command.Result {
    let sc = try Project.executable("sc").string
    return try await bench.run(try Typist.words([sc] + arguments, steps))
  }

  private func remove(_ name: String) async throws {
    try await bench.check("container", "rm", "-f", name)
  }

  @Test func passesStandardInputOnAndRecordsItsDigest() async throws {
    let sorted = try await bench.sc("run", "--rm", "-i", image, "sort", input: "b\na\n")
    #expect(sorted.output == "a\nb\n", "\(sorted.error)")
    let failed = try await bench.sc(
      "run", "--rm", "-i", image, "sh", "-c", "cat >&2; exit 3", input: "x")
    #expect(failed.error == "x")
    #expect(failed.status == 3)
    let record = try await bench.check("show", "HEAD~1")
    #expect(
      record.contains(
        "standard input \(SHA256Digest(of: Array("b\na\n".utf8)))"))
    // An end of the container that does not wait for the end of the input.
    let early = try await bench.start("run", "--rm", "-i", image, "true").result()
    #expect(early.status == 0, "\(early.error)")
    let unread = try await bench.shell("sc run --rm -i \(image) head -c 3 < /dev/zero | tr '\\0' x")
    #expect(unread.output == "xxx")
  }

  @Test func passesStandardInputToACommand() async throws {
    let name = Workbench.name("piping")
    try await bench.check("run", "-d", "--name", name, image, "sleep", "600")
    let executed = try await bench.sc(
      "exec", "-i", name, "sh", "-c", "cat; echo $? >&2; exit 5", input: "in\n")
    #expect(executed.output == "in\n")
    #expect(executed.error == "0\n")
    #expect(executed.status == 5)
    #expect(try await bench.check("show").contains("standard input"))
    #expect(try await bench.sc("exec", "-it", name, "cat", input: "x").status == 2)
    try await remove(name)
  }

  @Test func isATerminalForWhoRuns() async throws {
    let result = try await type(
      "run", "--rm", "-it", image, "sh",
      steps: [
        // The first size may come a moment after the prompt.
        .expect("# "), .type("until stty size | grep 101; do sleep 0.05; done\n"),
        .expect("31 101"),
        .resize(rows: 40, columns: 120),
        .type("until stty size | grep 120; do sleep 0.05; done\n"), .expect("40 120"),
        .type("sh -c \"echo sl''eeps; exec sleep 600\"\n"), .expect("sleeps"), .type("\u{3}"),
        .expect("# "),
        .type("echo end >&2; exit 7\n"), .expect("end"),
      ])
    #expect(result.status == 7, "\(result.error)")
    let log = try await bench.check("log", "--format", "%(operation) %(outcome)")
    #expect(log == "run failed\n")
  }

  @Test func leavesByTheDetachKeysAndComesBack() async throws {
    let name = Workbench.name("leaving")
    let left = try await type(
      "run", "-it", "--name", name, "--detach-keys", "ctrl-x,y", image, "sh",
      steps: [
        .expect("# "), .type("stty -icanon -echo; echo re''ady; head -c 3 | od -c\n"),
        .expect("ready"), .type("\u{10}\u{18}b"), .expect("020 030   b"), .expect("# "),
        .type("\u{18}y"), .expect("which goes on"),
      ])
    #expect(left.status == 0, "\(left.error)")
    let back = try await type(
      "container", "attach", name,
      steps: [
        .type("\n"), .expect("# "), .type("echo again\n"), .expect("again\r\n"),
        .type("\u{10}\u{11}"),
        .expect("left \(name), which goes on"),
      ])
    #expect(back.status == 0, "\(back.error)")
    let executed = try await type(
      "exec", "-it", name, "sh",
      steps: [.expect("# "), .type("\u{10}\u{11}"), .expect("left the command, which goes on")])
    #expect(executed.status == 0, "\(executed.error)")
    let ended = try await type(
      "container", "attach", name, steps: [.type("\n"), .expect("# "), .type("exit 4\n")])
    #expect(ended.status == 4, "\(ended.error)")
    let again = try await type(
      "container", "start", "-ai", name, steps: [.expect("# "), .type("exit 9\n")])
    #expect(again.status == 9, "\(again.error)")
    let log = try await bench.check("log", "--format", "%(operation) %(outcome)")
    #expect(log == "container.start succeeded\nexec succeeded\nrun succeeded\n")
    try await remove(name)
  }

  @Test func attachesWithoutATerminal() async throws {
    let name = Workbench.name("attached")
    try await bench.check(
      "container", "create", "-i", "--name", name, image, "sh", "-c", "cat; echo end >&2; exit 6")
    let stopped = try await bench.sc("container", "attach", name)
    #expect(stopped.status == 1)
    #expect(stopped.error.contains("does not run"))
    let started = try await bench.sc("container", "start", "-a", "-i", name, input: "in\n")
    #expect(started.output == "in\n")
    #expect(started.error == "end\n")
    #expect(started.status == 6)
    try await remove(name)

    try await bench.check(
      "run", "-d", "--name", name, image, "sh", "-c",
      "trap 'echo got; exit 8' USR1; while :; do echo tick; sleep 0.05; done")
    let attached = try bench.start("container", "attach", name)
    _ = try await attached.output { $0.contains("tick") }
    attached.signal(SIGUSR1)
    let result = try await attached.result()
    #expect(result.output.hasSuffix("got\n"))
    #expect(result.status == 8)
    let two = try await bench.sc("container", "start", "-a", name, name)
    #expect(two.status == 2)
    try await remove(name)
  }

  @Test func worksWithoutStandardStreams() async throws {
    let closed = try await bench.shell("sc run --rm -i \(image) sh -c 'cat; echo out' <&-")
    #expect(closed.output == "out\n", "\(closed.error)")
    let mute = try await bench.shell(
      "sc run --rm \(image) echo out >&- 2>&-; echo $?; sc log --format '%(outcome)'")
    #expect(mute.output == "125\nsucceeded\nsucceeded\n", "\(mute.error)")
    #expect(try await bench.fsck() == "")
  }

  @Test func attachesToTheStreamsThatAreAsked() async throws {
    let only = try await bench.sc(
      "run", "--rm", "-a", "stderr", image, "sh", "-c", "echo out; echo err >&2")
    #expect(only.output == "")
    #expect(only.error == "err\n")
    #expect(try await bench.sc("run", "-d", "-a", "stdout", image, "true").status == 125)
    #expect(try await bench.sc("run", "-a", "stdnone", image, "true").status == 125)
  }
}
