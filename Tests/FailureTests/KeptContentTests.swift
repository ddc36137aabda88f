import Foundation
import SystemPackage
import TestSupport
import Testing

/// Archives that were to be kept, on a full disk and by a process that is killed.
@Suite(.serialized, .enabled(if: Scene.isRoot && TestEngine.isAvailable))
struct KeptContentTests {
  @Test func exportsTheWholeArchiveThatThereIsNoRoomToKeep() async throws {
    let scene = try await Scene()
    try await Command.check(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", scene.work.string])
    let name = Scene.name()
    try await scene.makeHistory()
    #expect(try await scene.sc("container", "create", "--name", name, scene.image).status == 0)
    let result = try await scene.sc("container", "export", "--keep", "-o", "../out.tar", name)
    let left = try await scene.shell("find .sc/lfs -type f; tar -tf ../out.tar")
    let show = try await scene.sc("show")
    let pending = try scene.pending()
    try await scene.expectSound()
    try await Command.check(["umount", "-l", scene.work.string])
    #expect(result.status == 1)
    #expect(result.error.contains("done and recorded, and not kept"))
    #expect(result.error.contains("No space left on device"))
    #expect(left.status == 0 && left.lines.contains { $0.hasSuffix("bin/busybox") })
    #expect(!left.lines.contains { $0.hasPrefix(".sc") }, "\(left.output)")
    #expect(show.output.contains("container.export") && show.output.contains("succeeded"))
    #expect(show.output.contains("archive sha256:") && !show.output.contains("Kept:"))
    #expect(pending.isEmpty)
  }

  @Test func clearsAwayWhatAKilledProcessLeftAndNothingElse() async throws {
    let scene = try await Scene()
    let name = Scene.name()
    try await scene.makeHistory()
    #expect(try await scene.sc("container", "create", "--name", name, scene.image).status == 0)
    let result = try await scene.shell(
      """
      count() { ls .sc/lfs/incoming | wc -l; }
      mkfifo pipe
      sleep 200 < pipe &
      reader=$!
      "$SC" container export --keep \(name) > pipe &
      writer=$!
      until [ -n "$(find .sc/lfs/incoming -type f -size +0 2>/dev/null)" ]; do sleep 0.05; done
      "$SC" gc && count
      kill -9 $writer; wait $writer
      count; "$SC" gc && count
      kill $reader
      "$SC" container rm \(name)
      "$SC" log --format '%(operation) %(outcome)'
      find .sc/lfs -type f
      """)
    #expect(
      result.lines == [
        "1", "1", "0", name, "container.remove succeeded", "container.export unknown",
        "container.create succeeded",
      ], "\(result.error)")
    try await scene.expectSound()
  }
}
