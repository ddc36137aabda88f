import Foundation
import SystemPackage
import TestSupport
import Testing

/// Damaged objects, references and journal entries, and histories of other versions.
@Suite(.serialized, .enabled(if: TestEngine.isAvailable))
struct DamageTests {
  /// Cuts one of the two files of a commit's pack short.
  private func truncate(
    _ commit: String, _ suffix: String = ".pack", in scene: Scene
  ) async throws {
    let id = try await scene.git("rev-parse", commit)
    let path = scene.history.pushing(FilePath("objects/pack/pack-\(id)\(suffix)"))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path.string)
    let file = try FileDescriptor.open(path, .writeOnly)
    try file.closeAfter { try file.resize(to: 10) }
  }

  @Test(arguments: [".pack", ".idx"])
  func mendsTheTipFromTheJournal(suffix: String) async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 2)
    let before = try await scene.subjects()
    try await truncate("HEAD", suffix, in: scene)
    let show = try await scene.sc("show")
    #expect(show.status == 14)
    #expect(show.error.contains("is missing or damaged"))
    #expect(show.error.contains("sc status mends what the journal still has"))
    let status = try await scene.sc("container", "create", "--name", Scene.name(), scene.image)
    #expect(status.status == 0)
    #expect(status.error.contains("sc: warning: mended a damaged history"))
    #expect(Array(try await scene.subjects().dropFirst()) == before)
    try await scene.expectSound()
  }

  @Test func showsTheHistoryDownToADamagedCommit() async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 3)
    try await truncate("HEAD~2", in: scene)
    let log = try await scene.sc("log", "--oneline")
    #expect(log.status == 14)
    #expect(log.lines.count == 2)
  }

  @Test func changesNothingWhereDamageCannotBeMended() async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 2)
    _ = try await scene.shell("rm -f .sc/sc/journal/committed/*")
    try await scene.git("gc", "-q")
    _ = try await scene.shell(
      "chmod u+w .sc/objects/pack/*.pack; printf XXXXXXXXXXXXXXXXXXXX |"
        + " dd of=$(ls .sc/objects/pack/*.pack) bs=1 seek=60 conv=notrunc")
    let before = try await scene.fingerprint()
    let name = Scene.name()
    for arguments in [["log"], ["container", "create", "--name", name, scene.image]] {
      let line = arguments.joined(separator: " ")
      let result = try await scene.shell("\"$SC\" \(line)")
      #expect(result.status == 14, "\(line)")
      #expect(result.error.contains("missing or damaged"), "\(line)")
    }
    #expect(try await !scene.hasContainer(name))
    #expect(try await scene.fingerprint() == before)
  }

  @Test func getsOverALostReferenceAndHead() async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 2)
    let before = try await scene.subjects()
    try "garbage\n".write(
      toFile: scene.history.pushing("refs/heads/main").string, atomically: true, encoding: .utf8)
    #expect(try await scene.sc("log").status == 14)
    #expect(try await scene.sc("status").status == 0)
    #expect(try await scene.subjects() == before)
    try FileManager.default.removeItem(atPath: scene.history.appending("HEAD").string)
    #expect(try await scene.sc("log").status == 10)
    #expect(try await scene.sc("init").status == 0)
    #expect(try await scene.subjects() == before)
    try await scene.expectSound()
  }

  /// Shell lines that put an entry `$E` into the journal; `$GOOD` is one of another operation.
  @Test(arguments: [
    "cp $GOOD $E; printf Z | dd of=$E bs=1 seek=100 conv=notrunc", ": > $E",
    "head -c 200 $GOOD > $E", "head -n 1 $GOOD > $E", "echo x > .sc/sc/journal/gar.jsonl",
    "mkdir $E", "mkfifo $E", "ln -s /nonexistent $E",
  ])
  func setsADamagedJournalEntryAsideAndGoesOn(line: String) async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 1)
    _ = try await scene.shell(
      "GOOD=$(ls .sc/sc/journal/committed/*); "
        + "E=.sc/sc/journal/01a20c4f-8b90-7446-9ab6-161714b027c2.jsonl; \(line)")
    try #require(scene.pending().count == 1)
    #expect(try await scene.sc("log", "--oneline").lines.count == 1)
    let create = try await scene.sc("container", "create", "--name", Scene.name(), scene.image)
    #expect(create.status == 0)
    #expect(create.error.contains("sc: of what an earlier command left: "), "\(create.error)")
    #expect(create.error.contains("is damaged"))
    #expect(try scene.pending().isEmpty)
    let aside = try FileManager.default.contentsOfDirectory(
      atPath: scene.journal.appending("corrupt").string)
    #expect(aside.count == 1)
    #expect(try await scene.sc("status").output.contains("1 damaged journal entries"))
    #expect(try await scene.subjects().count == 2)
    try await scene.expectSound()
  }

  @Test func refusesANewerFormatAndTakesAnOlderOne() async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 1)
    try await scene.git("config", "sc.formatVersion", "2")
    let before = try await scene.fingerprint()
    let name = Scene.name()
    for line in [
      "log", "show", "status", "diff HEAD HEAD", "init", "config set agent.name Ada",
      "container create --name \(name) \(scene.image)",
    ] {
      let result = try await scene.shell("\"$SC\" \(line)")
      #expect(result.status == 14, "\(line)")
      #expect(result.error.contains("has format 2, this program knows 1"), "\(line)")
      #expect(result.error.contains("Upgrade sc."), "\(line)")
    }
    #expect(try await !scene.hasContainer(name))
    #expect(try await scene.fingerprint() == before)
    try await scene.git("config", "sc.formatVersion", "0")
    #expect(try await scene.sc("log", "--oneline").lines.count == 1)
    #expect(
      try await scene.sc("container", "create", "--name", name, scene.image).status == 0)
  }
}
