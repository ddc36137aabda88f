import Canonical
import Foundation
import History
import SystemPackage
import Testing

/// What only a mounted file system shows.
@Suite(.enabled(if: geteuid() == 0, "mounting takes root"), .serialized)
struct DiskTests {
  /// A small file system of the test's own.
  final class Mount {
    let scratch: Scratch

    init(size: String) throws {
      scratch = try Scratch()
      try run(
        "/bin/mount", ["-t", "tmpfs", "-o", "size=\(size),mode=0777", "sc", scratch.path.string])
    }

    func makeReadOnly() throws {
      try run("/bin/mount", ["-o", "remount,ro", scratch.path.string])
    }

    deinit { _ = try? run("/bin/umount", ["-l", scratch.path.string]) }
  }

  @Test func saysThatTheDiskIsReadOnly() throws {
    let mount = try Mount(size: "8m")
    let history = try mount.scratch.makeHistory()
    _ = try history.commit(makeRecord())
    try mount.makeReadOnly()
    #expect(code { _ = try history.commit(makeRecord(1)) } == .readOnly)
    #expect(
      code { _ = try history.journal.begin(id: makeRecord().activityID, intent: [:]) }
        == .readOnly)
    #expect(
      code { _ = try HistoryRepository.create(at: mount.scratch.path.appending("new")) }
        == .readOnly)
    let reader = try HistoryRepository.open(at: mount.scratch.history).history
    #expect(try reader.head() == history.head())
  }

  @Test func contentThatIsFetchedLeavesRoomForRecords() throws {
    let mount = try Mount(size: "4m")
    let history = try mount.scratch.makeHistory()
    let content = LargeContent(digest: SHA256Digest(of: []), byteCount: 8 << 20)
    let partial = try #require(try history.content.resume(content))
    let chunk = [UInt8](repeating: 1, count: 1 << 20)
    #expect(code { for _ in 0..<8 { try partial.append(chunk) } } == .diskFull)
    #expect(partial.byteCount == 0)
    _ = try history.commit(makeRecord())
    try expectSound(mount.scratch.history)
  }

  @Test func saysThatTheDiskIsFull() throws {
    let mount = try Mount(size: "4m")
    let history = try mount.scratch.makeHistory()
    _ = try history.commit(makeRecord())
    let filler = mount.scratch.path.appending("filler").string
    try run("/bin/sh", ["-c", "cat /dev/zero > \(filler) 2>/dev/null || true"])
    #expect(code { _ = try history.commit(makeRecord(1)) } == .diskFull)
    #expect(
      code { _ = try history.journal.begin(id: makeRecord().activityID, intent: [:]) }
        == .diskFull)
    #expect(
      code { _ = try HistoryRepository.create(at: mount.scratch.path.appending("new")) }
        == .diskFull)
    try FileManager.default.removeItem(atPath: filler)
    let names = try FileManager.default.subpathsOfDirectory(
      atPath: mount.scratch.history.appending("objects").string)
    #expect(!names.contains { $0.contains("tmp_obj") })
    #expect(try !history.commit(makeRecord(2)).isAlreadyThere)
    try expectSound(mount.scratch.history)
  }

  @Test func goesOnWithAnEntryThatMetAFullDisk() throws {
    let mount = try Mount(size: "4m")
    let history = try mount.scratch.makeHistory()
    let record = makeRecord()
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "x"])
    let filler = mount.scratch.path.appending("filler").string
    try run("/bin/sh", ["-c", "cat /dev/zero > \(filler) 2>/dev/null || true"])
    let large = String(repeating: "x", count: 10_000)
    #expect(code { try entry.append(.string(large)) } == .diskFull)
    try FileManager.default.removeItem(atPath: filler)
    try entry.append("part")
    _ = consume entry
    let found = try #require(try history.journal.abandoned().entries.first)
    #expect(found.parts == ["part"])
  }
}
