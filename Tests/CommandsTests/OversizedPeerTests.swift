import Foundation
import SystemPackage
import TestSupport
import Testing

/// Remotes whose history is small on its way and huge once it is here: they are refused before they
/// take memory, time or room that nobody has.
@Suite(.enabled(if: TestGitServer.isAvailable)) struct OversizedPeerTests {
  /// More than any process may take, in MiB: an object of 256 MiB and what it is made from.
  private static let memoryLimit = 700

  /// Writes the most memory that any one of a command's processes took, in MiB, to a file.
  private static let measuring = """
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[2:]).returncode
    with open(sys.argv[1], "w") as file:
        file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10))
    sys.exit(status)
    """

  private func bench() async throws -> Workbench {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    return bench
  }

  /// Runs `sc`, and says how much memory it took.
  private func measured(
    _ bench: Workbench, _ arguments: String..., variables: [String: String] = [:]
  ) async throws -> (result: Command.Result, memory: Int) {
    let file = bench.folder.path.appending("memory").string
    let result = try await bench.run(
      ["/usr/bin/python3", "-c", Self.measuring, file, try Project.executable("sc").string]
        + arguments, variables: variables)
    let memory = try Int(String(contentsOfFile: file, encoding: .utf8))
    return (result, try #require(memory))
  }

  /// Whether nothing of what was refused is left, and all else is as it was.
  private func expectUntouched(_ bench: Workbench, _ before: String) async throws {
    #expect(try await bench.check("log", "--format", "%H") == before)
    #expect(try await bench.fsck().isEmpty)
    let tracked = try await Command.check(
      ["git", "--git-dir", bench.history.string, "branch", "--remotes"])
    #expect(tracked.isEmpty)
    let packs = try FileManager.default.contentsOfDirectory(
      atPath: "\(bench.history)/objects/pack")
    // What the history itself had waiting may have been packed meanwhile.
    #expect(packs.count { $0.hasSuffix(".pack") } <= 1, "\(packs)")
    #expect(!packs.contains { $0.hasSuffix(".keep") || $0.hasPrefix("tmp_") }, "\(packs)")
    let objects = try FileManager.default.contentsOfDirectory(atPath: "\(bench.history)/objects")
    #expect(!objects.contains { $0.hasPrefix("tmp_") }, "\(objects)")
  }

  private func makeBomb(_ path: FilePath, _ arguments: String...) async throws {
    try await Command.check(
      ["/usr/bin/python3", Project.root.pushing("Tests/Servers/bomb.py").string, path.string]
        + arguments)
    let size = try await Command.check(["du", "-sb", "\(path)/objects/pack"])
    #expect(try #require(size.split(separator: "\t").first.flatMap { Int($0) }) < 100_000)
  }

  /// Differences of differences: 64 KiB become 3 GiB. With the user's git, and without any.
  @Test(arguments: [true, false]) func refusesWhatGrows(_ hasGit: Bool) async throws {
    let server = try await TestGitServer(.http)
    try await makeBomb(server.folder.pushing("git/lab.git"), "deep", "15", "4")
    let bench = try await bench()
    let before = try await bench.check("log", "--format", "%H")
    try await bench.check("remote", "add", "origin", server.url(of: "lab"))
    let variables = hasGit ? [:] : ["PATH": "/nonexistent"]
    let (pulled, memory) = try await measured(bench, "pull", variables: variables)
    #expect(pulled.status == 1, "\(pulled.error)")
    if hasGit {
      #expect(pulled.error.contains("allocate 3317760001 over limit"), "\(pulled.error)")
    }
    #expect(memory < Self.memoryLimit)
    try await expectUntouched(bench, before)
    let (cloned, other) = try await measured(
      bench, "clone", server.url(of: "lab"), "copy", variables: variables)
    #expect(cloned.status == 1, "\(cloned.error)")
    #expect(other < Self.memoryLimit)
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder.path)/copy/.sc"))
  }

  /// Five hundred files of 200 MB in 60 kilobytes: each may be taken, and all take minutes.
  @Test func refusesWhatTakesForEver() async throws {
    let folder = try TemporaryFolder()
    let remote = folder.path.appending("lab.git")
    try await makeBomb(remote, "wide", "200000000", "500")
    let bench = try await bench()
    let before = try await bench.check("log", "--format", "%H")
    try await bench.check("remote", "add", "origin", remote.string)
    let (pulled, memory) = try await measured(bench, "--set", "remote.timeout=1", "pull")
    #expect(pulled.status == 1, "\(pulled.error)")
    // Whose end is noticed first is chance: that of git, which was ended, or that of its pipe.
    #expect(
      pulled.error.contains("takes longer to be put together")
        || pulled.error.contains("the remote hung up"), "\(pulled.error)")
    #expect(memory < Self.memoryLimit)
    try await expectUntouched(bench, before)
  }

  /// Of what is joined each file is looked at; of a whole new history `sc verify` does that.
  @Test(arguments: [100_000_000]) func namesAnActivityThatIsTooLarge(_ count: Int) async throws {
    let folder = try TemporaryFolder()
    let remote = folder.path.appending("lab.git")
    try await Command.check([
      "/usr/bin/python3", Project.root.pushing("Tests/Servers/bomb.py").string, remote.string,
      "activity", "\(count)", "1",
    ])
    let bench = try await bench()
    let before = try await bench.check("log", "--format", "%H")
    try await bench.check("remote", "add", "origin", "file://\(remote)")
    let place = "activities/2024/06/10/02/01900000-0000-7000-8000-000000000000.jsonld"
    let (pulled, memory) = try await measured(bench, "pull")
    #expect(pulled.status == 1)
    #expect(pulled.error.contains("\(place) has \(count) bytes"), "\(pulled.error)")
    #expect(memory < 100)
    try await expectUntouched(bench, before)
    for address in ["file://\(remote)", remote.string] {
      let name = address == remote.string ? "near" : "far"
      let cloned = try await measured(bench, "clone", address, name)
      #expect(cloned.result.status == 0, "\(cloned.result.error)")
      let history = bench.folder.path.pushing(FilePath("\(name)/.sc")).string
      let verified = try await measured(bench, "--sc-dir", history, "verify")
      #expect(verified.result.status == 1)
      #expect(verified.result.error.contains("\(place): it has \(count) bytes"))
      #expect(cloned.memory < 100 && verified.memory < 100, "\(cloned.memory) \(verified.memory)")
    }
  }
}
