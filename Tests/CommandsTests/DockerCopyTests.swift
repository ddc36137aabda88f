import Foundation
import TestSupport
import Testing

/// Docker's own client and `sc` copy the same things from and to alike places: what is there
/// afterwards, on both sides, must be the same.
@Suite(.enabled(if: TestEngine.isAvailable))
struct DockerCopyTests {
  /// `C:` is the container.
  private static let cases = [
    "C:/w/f .", "C:/w/f new", "C:/w/f there", "C:/w/f nosuch/", "C:/w/f old", "C:/w/f flink",
    "C:/w/src there",
    "C:/w/src new", "C:/w/src/. there", "C:/w/src/. new", "C:/w/src old", "C:/w/flink new",
    "-L C:/w/flink new", "C:/w/nosuch .", "C:/w/f nosuch/x", "C:w/src ./there/",
    "C:/w/dlink new", "-L C:/w/dlink new", "f C:/w", "f C:/w/new", "f C:/w/there/",
    "f C:/w/nosuch/", "f C:/w/old", "src C:/w/there", "src C:/w/new", "src/. C:/w/there",
    "src/. C:/w/new", "src C:/w/old", "flink C:/w/new", "-L flink C:/w/new", "nosuch C:/w",
    "f C:/w/dlink", "f C:/nosuch/x", "f C:w", "f C:/w/flink", "src nosuch:/w", "C:/w/f C:/w/g",
  ]

  /// Makes both sides anew, copies, and prints what is there.
  private static let script = #"""
    set -u
    side=$1 container=$2; shift 2
    make='mkdir -p src/sub there; echo a >src/a; echo b >src/sub/b; ln -s a src/link; echo f >f;
      echo old >old; ln -s f flink'
    docker exec "$container" sh -c "rm -rf /w /nosuch; mkdir /w; cd /w; $make; ln -s there dlink"
    rm -rf "$side"; mkdir "$side"; cd "$side"; eval "$make"
    "$@" >/dev/null 2>&1; echo "failed $(( $? > 0 ))"
    find . -printf '%p %y %m %l\n' | sort
    find . -type f -exec cat {} +
    docker exec "$container" sh -c 'find /w | sort; find /w -type f | sort | xargs cat'
    """#

  @Test(.needs(.dockersOwnClient)) func copiesAsDockerDoes() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("copies")
    let (theirs, ours) = (Workbench.name("theirs"), Workbench.name("ours"))
    for name in [theirs, ours] {
      let run = ["docker", "run", "-d", "--name", name, image, "sleep", "600"]
      try #require(try await bench.run(run).status == 0)
    }
    let sc = try Project.executable("sc").string
    for line in Self.cases {
      func copy(_ client: [String], _ container: String) async throws -> String {
        let arguments = line.split(separator: " ").map {
          $0.replacingOccurrences(of: "C:", with: container + ":")
        }
        return try await bench.run(
          ["bash", "-c", Self.script, "bash", "side", container] + client + ["cp"] + arguments
        ).output
      }
      let expected = try await copy(["docker"], theirs)
      let found = try await copy([sc, "--sc-dir", bench.history.string, "container"], ours)
      #expect(found == expected, "\(line)")
    }
    try await bench.check("container", "rm", "-f", theirs, ours)
    #expect(try await bench.fsck() == "")
  }

  @Test func archivesPassThroughStandardInputAndOutput() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("copies")
    let (name, other) = (Workbench.name("passing"), Workbench.name("taking"))
    try await bench.check("container", "create", "--name", name, image, "true")
    // Not the same one: an engine that extracts an archive lets nobody else read the container.
    try await bench.check("container", "create", "--name", other, image, "true")
    let none = try await bench.shell("echo no archive | sc container cp - \(other):/tmp")
    #expect(none.status == 1)
    #expect(none.error.contains("is no tar archive"))
    let listed = try await bench.shell("sc container cp \(name):/etc/passwd - | tar -t")
    #expect(listed.output == "passwd\n")
    let passed = try await bench.shell(
      "sc container cp \(name):/etc/passwd - | sc container cp - \(other):/tmp")
    #expect(passed.status == 0, "\(passed.error)")
    #expect(try await bench.check("container", "cp", "\(other):/tmp/passwd", "copied") == "")
    let log = try await bench.check("log", "--format", "%(operation)", "--reverse", "-n", "5")
    #expect(log.contains("container.copyOut") && log.contains("container.copyIn"))
    try await bench.check("container", "rm", name, other)
  }
}
