import Foundation
import SystemPackage
import TestSupport
import Testing

/// A disk that is full, and one that is read-only.
@Suite(.serialized, .enabled(if: Scene.isRoot && TestEngine.isAvailable))
struct DiskTests {
  /// Runs a test in a work folder that is a file system of 600 KiB.
  private func withSmallDisk(_ body: (Scene) async throws -> Void) async throws {
    let scene = try await Scene()
    try await Command.check(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", scene.work.string])
    do {
      try await body(scene)
    } catch {
      try await Command.check(["umount", "-l", scene.work.string])
      throw error
    }
    try await Command.check(["umount", "-l", scene.work.string])
  }

  /// Fills the disk but for some KiB.
  private func fill(_ scene: Scene, leaving free: Int) async throws {
    _ = try await scene.shell("dd if=/dev/zero of=fill bs=4k; truncate -s -\(free)K fill")
  }

  @Test func doesNothingWhenTheIntentCannotBeWritten() async throws {
    try await withSmallDisk { scene in
      try await scene.makeHistory(operations: 1)
      try await fill(scene, leaving: 0)
      let name = Scene.name()
      let result = try await scene.sc("container", "create", "--name", name, scene.image)
      #expect(result.status == 14)
      #expect(result.error.contains("No space left on device"))
      #expect(result.error.contains("make room, then try again"))
      #expect(try await !scene.hasContainer(name))
      #expect(try await scene.sc("log", "--oneline").lines.count == 1)
      #expect(try scene.pending().isEmpty)
      try await scene.expectSound()
    }
  }

  /// With 4 KiB the intent fits and the record does not; with 20 KiB the record does, and its
  /// commit does not.
  @Test(arguments: [4, 20])
  func commitsOnceThereIsRoomWhatWasDoneOnAFullDisk(free: Int) async throws {
    try await withSmallDisk { scene in
      try await scene.makeHistory(operations: 1)
      try await fill(scene, leaving: free)
      let (name, second) = (Scene.name(), Scene.name())
      let result = try await scene.sc("container", "create", "--name", name, scene.image)
      #expect(result.status == 13)
      #expect(result.error.contains("done, and not yet in the history"))
      #expect(result.error.contains("waits in the journal"))
      #expect(result.lines.count == 1, "the id is told all the same")
      #expect(try await scene.hasContainer(name))
      #expect(try scene.pending().count == 1)
      let entry = try await scene.shell("cat .sc/sc/journal/*.jsonl")
      #expect(entry.lines.count == (free == 4 ? 1 : 2), "its record is in the journal, too")

      _ = try await scene.shell("dd if=/dev/zero of=rest bs=4k")
      let refused = try await scene.sc("container", "create", "--name", second, scene.image)
      #expect(refused.status == 14)
      #expect(try await !scene.hasContainer(second))

      _ = try await scene.shell("rm fill rest")
      #expect(try await scene.sc("status").status == 0)
      let subjects = try await scene.subjects()
      #expect(subjects.count == 2)
      #expect(subjects.filter { $0.hasPrefix("create \(name) ") }.count == 1)
      #expect(try scene.pending().isEmpty)
      try await scene.expectSound()
    }
  }

  @Test func readsAHistoryThatMayNotBeWritten() async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 1)
    let path = scene.work.string
    try await Command.check(["mount", "--bind", path, path])
    try await Command.check(["mount", "-o", "remount,bind,ro", path])
    let name = Scene.name()
    let log = try await scene.sc("log", "--oneline")
    let show = try await scene.sc("show")
    let create = try await scene.sc("container", "create", "--name", name, scene.image)
    let set = try await scene.sc("config", "set", "agent.name", "Ada")
    try await Command.check(["umount", path])
    #expect(log.status == 0 && log.lines.count == 1)
    #expect(show.status == 0)
    #expect(create.status == 14 && set.status == 14)
    #expect(create.error.contains("Read-only file system"))
    #expect(create.error.contains("mount it for writing"))
    #expect(try await !scene.hasContainer(name))
  }

  @Test func saysHowToTrustAnotherUsersHistory() async throws {
    let scene = try await Scene()
    try await scene.makeHistory(operations: 1)
    try await Command.check(["chown", "-R", "65534:65534", scene.history.string])
    let refused = try await scene.sc("log", "--oneline")
    #expect(refused.status == 14)
    #expect(refused.error.contains("git config --global --add safe.directory \(scene.history)"))
    let name = Scene.name()
    #expect(
      try await scene.sc("container", "create", "--name", name, scene.image).status == 14)
    #expect(try await !scene.hasContainer(name))
    try scene.folder.write("[safe]\n  directory = \(scene.history)\n", to: "home/.gitconfig")
    #expect(try await scene.sc("log", "--oneline").lines.count == 1)
  }
}
