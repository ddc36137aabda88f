import Foundation
import SystemPackage
import TestSupport
import Testing

/// Arguments, files and surroundings that nobody wishes for.
@Suite(.serialized, .enabled(if: TestEngine.isAvailable))
struct HostileInputTests {
  /// What is wrong, how `sc` ends, what it says.
  @Test(arguments: [
    ("mkdir -p c/Dockerfile; \"$SC\" image build c", 1, "Is a directory"),
    ("mkdir c; \"$SC\" image build c", 1, "was not found"),
    ("\"$SC\" image build nowhere", 1, "was not found"),
    ("mkdir c; mkfifo c/Dockerfile; \"$SC\" image build c", 1, "is no file"),
    ("mkdir c; truncate -s 20M c/Dockerfile; \"$SC\" image build c", 1, "File too large"),
    ("\"$SC\" image build -t \"$(printf 'a\\033[31m:1')\" .", 2, "is no image name"),
    ("\"$SC\" container create --name ../x $IMAGE", 1, "../x"),
    ("\"$SC\" container create --name \"$(printf 'x\\033[31m')\" $IMAGE", 1, "x"),
    ("SC_DIR=/nonexistent \"$SC\" log", 10, "there is no history: /nonexistent"),
    ("touch f; SC_DIR=f \"$SC\" log", 14, "not a history: a file"),
    (
      "git init -q --bare --object-format=sha256 s; SC_DIR=s \"$SC\" log", 14,
      "whose objects have SHA-256 names"
    ),
    ("touch f; SC_DIR=f \"$SC\" init", 14, "a file is in the way"),
    ("\"$SC\" log >/dev/full", 1, "standard output cannot be written"),
    ("\"$SC\" log >&-", 1, "standard output cannot be written"),
    ("mkdir d; cd d; rmdir ../d; \"$SC\" log", 10, "there is no history"),
  ])
  func refuses(line: String, status: Int32, message: String) async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 1)
    let result = try await scene.shell("IMAGE=\(scene.image); \(line)")
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains(message), "\(result.error)")
    #expect(!result.error.contains("\u{1B}"))
    #expect(try scene.pending().isEmpty)
    #expect(try await scene.subjects().last?.hasPrefix("create ") == true)
    try await scene.expectSound()
  }

  /// The container is made, so it is recorded, whatever became of the output.
  @Test(arguments: [
    ("<&-", 0), (">&-", 1), (">/dev/full", 1), ("2>&-", 0),
  ])
  func recordsWhateverTheStreamsAre(streams: String, status: Int32) async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let name = Scene.name()
    let result = try await scene.shell(
      "\"$SC\" container create --name \(name) \(scene.image) \(streams)")
    #expect(result.status == status, "\(result.error)")
    #expect(try await scene.hasContainer(name))
    #expect(try await scene.subjects().count == 1)
    #expect(try scene.pending().isEmpty)
    try await scene.expectSound()
  }

  @Test func recordsHugeLabelsAndEnvironments() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    try scene.folder.write("big=" + String(repeating: "v", count: 1 << 20), to: "work/labels")
    try scene.folder.write("BIG=" + String(repeating: "v", count: 2 << 20), to: "work/variables")
    let name = Scene.name()
    let result = try await scene.sc(
      "container", "create", "--name", name, "--label-file", "labels", "--env-file", "variables",
      "-l", "two\nlines=a\nb", scene.image)
    #expect(result.status == 0, "\(result.error)")
    #expect(try await scene.sc("show", name).status == 0)
    #expect(try await scene.subjects().count == 1)
    try await scene.expectSound()
  }

  @Test func makesAHistoryAroundTheUsersSettings() async throws {
    let scene = try await Scene()
    try scene.folder.write("{}\n", to: "work/.sc/config.json")
    #expect(try await scene.sc("init").status == 0)
    #expect(try await scene.sc("log").status == 0)
    let kept = try String(
      contentsOfFile: scene.history.appending("config.json").string, encoding: .utf8)
    #expect(kept == "{}\n")
    try scene.folder.write("ref: refs/heads/x\n", to: "other/.sc/refs/x")
    let other = try await scene.sc("init", in: scene.folder.path.appending("other"))
    #expect(other.status == 14)
    #expect(other.error.contains("a folder that is no history, with refs in it"))
  }
}
